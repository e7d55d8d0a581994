"""The small communities latent in who talks with whom about what. docs/finding.md explains it."""
