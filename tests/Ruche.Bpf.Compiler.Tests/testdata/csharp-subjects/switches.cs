static class Subject
{
    enum Color : byte { Red, Green, Blue = 7 }

    public static uint Compute(uint a, uint b)
    {
        uint one = (a & 7) switch { 0 => 10, 1 => 20, 2 or 3 => 30, 5 => b, _ => 99 };
        uint two = b switch { < 10 => 1, >= 10 and < 1000 => 2, > 4_000_000_000 => 3, _ => 4 };
        Color color = (Color)(a % 9);
        uint three = color is Color.Blue ? 1000u : color == Color.Green ? 500u : (uint)color;
        switch (one) { case 10: return two; case 99 when a > b: return three + 7; default: break; }
        return one * 100 + two * 10 + three;
    }
}
