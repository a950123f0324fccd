static class Subject
{
    struct Inner { public byte Low; public ushort Middle; public int High; }

    struct Outer { public Inner First; public Inner Second; public ulong Sum; }

    readonly record struct Point(int X, int Y)
    {
        public int Length => X * X + Y * Y;
        public static Point operator +(Point a, Point b) => new(a.X + b.X, a.Y + b.Y);
    }

    public static uint Compute(uint a, uint b)
    {
        Outer outer = default;
        outer.First = Made((byte)a, (ushort)b, (int)(a - b));
        outer.Second = outer.First;
        outer.Second.High += 5;
        Change(ref outer.Second);
        Outer copy = outer;
        copy.First.Low++;
        outer.Sum = (ulong)(uint)copy.First.Low + copy.Second.Middle + (uint)outer.First.Low;
        Point p = new Point((int)(a & 0xff), 3) + new Point(4, (int)(b & 0xff));
        var (x, y) = p;
        return (uint)(outer.Sum + (ulong)outer.Second.High + (uint)p.Length + (uint)(x ^ y));
    }

    static Inner Made(byte low, ushort middle, int high) => new() { Low = low, Middle = middle, High = high };

    static void Change(ref Inner inner) => inner.Middle = (ushort)(inner.Middle * 3);
}
