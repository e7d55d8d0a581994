"""What each subcommand of `coterie` does: `add_to(commands)` describes it, `run(args)` does it."""
