"""What an analyst writes: scenarios, their paths, mechanisms and assumptions."""
