"""Hospitals: wards of beds, and who works there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hyosan.world.facts import table
from hyosan.world.workplaces import first_of_age

if TYPE_CHECKING:
    from numpy.typing import NDArray

BEDS_PER_10_000 = 128
"""Beds of hospitals: 12.8 for 1,000 people in 2021 (OECD, Health at a Glance 2023)."""

WARD_BEDS = 30
"""Beds of a ward, at most; assumed."""

STAFF_PERCENT = 60
"""Nurses, aides and doctors for 100 beds; assumed: two in three of the 8.8 nurses and aides and the 2.6 doctors that
there are for 1,000 people (OECD, Health at a Glance 2023) work on the wards of 12.8 beds."""

STAFF_AGES = (20, 64)
"""Ages of the staff [years]; assumed."""

HOSPITAL_WARDS = 10
"""Wards of a hospital, at most; assumed."""


@dataclass(frozen=True)
class Hospitals:
    """Wards, one after another, with their staff."""

    beds: NDArray[np.int64]
    """Beds of each ward, (wards,)."""
    staff: NDArray[np.int64]
    """Staff of each ward, (wards,)."""
    site: NDArray[np.int64]
    """Hospital of each ward, from 0, (wards,)."""
    district: NDArray[np.int16]
    """(wards,)."""
    workers: NDArray[np.int64]
    """Staff, ward by ward."""
    sites: tuple[str, ...]
    """Names of the hospitals."""

    def __len__(self) -> int:
        """Count of wards."""
        return len(self.beds)


def hospitals(age: NDArray[np.uint8], workers: NDArray[np.int64]) -> tuple[Hospitals, NDArray[np.int64]]:
    """The hospitals of a city, and the workers who are not on a ward, in the same order.

    Hospitals stand where the doctors are: each in the district of the doctor in the middle of its share of all.

    Args:
        age: Age of everybody [years], (people,).
        workers: People at work, in random order.
    """
    total = (len(age) * BEDS_PER_10_000 + 5_000) // 10_000
    wards = -(-total // WARD_BEDS)
    count = -(-wards // HOSPITAL_WARDS)
    beds = np.diff(np.arange(wards + 1) * total // max(wards, 1))
    wanted = (beds.cumsum() * STAFF_PERCENT + 50) // 100
    chosen, others = first_of_age(workers, age, STAFF_AGES, int(wanted[-1]) if wards else 0)
    staff = np.diff(np.minimum(wanted, len(chosen)), prepend=0)
    site = np.arange(wards) * count // max(wards, 1)
    doctors = np.cumsum(table("districts").integers("doctors"))
    stands = np.searchsorted(doctors, (2 * np.arange(count) + 1) * doctors[-1] // (2 * max(count, 1)), side="right")
    names = [f"Hospital {number}" for number in range(1, count + 1)]
    names[count // 2 : count // 2 + 1] = ["Hyosan General Hospital"][:count]
    made = Hospitals(beds, staff, site, stands[site].astype(np.int16), chosen, tuple(names))
    return made, others
