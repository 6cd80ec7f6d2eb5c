"""Pure rules for reaching people: audiences, broadcasts, trainings, reminders, the working calendar."""
