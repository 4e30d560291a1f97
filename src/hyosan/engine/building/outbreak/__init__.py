"""An outbreak among people in a building: what is seen and heard, what people and hunters do, strikes, broken doors."""
