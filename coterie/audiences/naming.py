"""Names of plants, for people who have not said yet what they want to be called."""

import secrets

PLANTS = (  # noqa: SIM905 - so it can be read
    "agrimony alder anise arnica ash aster avens balm barberry basil bay bedstraw beech "
    "bellflower betony birch bistort borage bracken bramble briar broom bryony bugle burdock "
    "burnet calamint campion caraway catmint celandine chamomile chervil chicory cicely clover "
    "coltsfoot columbine comfrey coriander cornflower cowslip cranesbill cress crocus cyclamen "
    "daisy dandelion dill dock dogwood elder elecampane eyebright fennel feverfew figwort flax "
    "foxglove fumitory gentian germander ginger goldenrod gorse harebell hawthorn hazel heather "
    "hellebore hemp holly honesty hop hyssop iris ivy juniper knapweed larch laurel lavender "
    "lilac linden loosestrife lovage lupin madder mallow maple marigold marjoram meadowsweet "
    "medlar melilot mint moss mugwort mullein mustard myrtle nettle oak oregano orris oxlip "
    "pansy parsley peony periwinkle pine pink plantain poplar poppy primrose quince ragwort "
    "rampion restharrow rose rosemary rowan rue rush saffron sage salsify samphire sanicle "
    "savory scabious sedge selfheal sloe snowdrop sorrel speedwell spindle spruce spurge "
    "squill stonecrop tansy tarragon teasel thistle thrift thyme toadflax tormentil valerian "
    "verbena vervain vetch violet walnut weld willow woad woodruff wormwood yarrow yew"
).split()
MANNERS = ["early", "late", "little", "tall", "quiet", "pale", "bright", "river", "hedge", "wild"]


def new_name() -> str:
    """Two words such as "quiet yarrow", taken from nothing that is known of the person."""
    return f"{secrets.choice(MANNERS)} {secrets.choice(PLANTS)}"
