"""A limit on gatherings: some contacts with people whom one does not live, learn or work with do not happen."""

from hyosan.jit import rule
from hyosan.rules.codes import Setting

_COMMUNITY = int(Setting.COMMUNITY)
_SHOP = int(Setting.SHOP)
_LEISURE = int(Setting.LEISURE)


@rule
def is_gathering(setting):
    """Whether contacts of a setting fall under the limit."""
    return setting in (_COMMUNITY, _SHOP, _LEISURE)
