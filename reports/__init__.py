"""What leaves the building: pictures, Excel, Word, data. Each file says what it stands on and can be checked again."""
