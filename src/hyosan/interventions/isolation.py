"""Isolation of the symptomatic: from some time after their symptoms on they meet nobody outside their home."""

from hyosan.jit import rule


@rule
def isolated(second, symptoms_at, delay):
    """Whether somebody who does it is isolated at a second.

    Args:
        symptoms_at: When symptoms begin, or a second that never comes [s].
        delay: From symptoms to isolation [s].

    Source:
        Fraser, Riley, Anderson & Ferguson (2004), doi:10.1073/pnas.0307506101: isolation acts on the infections that an
        infected person would cause after symptoms.
    """
    return second - delay >= symptoms_at
