"""Which addresses lie out in the open, where everybody may knock."""

from ipaddress import IPv6Address, IPv6Network, ip_address, ip_network

OPEN_V6 = IPv6Network("2000::/3")
"""All that is given out; mapped, translated (NAT64), local and unassigned ones lie elsewhere."""
NOT_OURS_TO_ASK = tuple(
    ip_network(each)
    for each in (
        "168.63.129.16/32",  # answers for the machine itself in Azure
        "192.88.99.0/24",  # relays of 6to4
        "2001::/23",  # for protocols, tunnels (Teredo) among them
        "2002::/16",  # 6to4: some IPv4 address in disguise
        "2001:db8::/32",
        "3fff::/20",
    )
)


def is_public(address: str) -> bool:
    """Whether this IP address lies in nobody's house: not ours, not a neighbour's, no tunnel."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and (found not in OPEN_V6 or found.scope_id):
        return False
    if not found.is_global or found.is_multicast or found.is_reserved:
        return False
    same = (each for each in NOT_OURS_TO_ASK if each.version == found.version)
    return not any(found in each for each in same)
