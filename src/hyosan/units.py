"""Units of time: `3 * hour` is seconds, and all inside hyosan is SI."""

second = 1
minute = 60 * second
hour = 60 * minute
day = 24 * hour
week = 7 * day
