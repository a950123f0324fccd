static class Subject
{
    struct Mixed { public float Share; public ushort Count; public double Load; public uint Last; }

    public static uint Compute(uint a, uint b)
    {
        ReadOnlySpan<uint> table = [3, 70_000, 5];
        ReadOnlySpan<ushort> small = [1, 500, 7];
        Span<uint> own = [a, b, 9];
        uint sum = table[1] + small[1];
        foreach (uint value in table) sum = sum * 31 + value;
        foreach (uint value in own) sum = sum * 17 + value;
        Mixed one = default;
        one.Count = (ushort)a;
        one.Last = b;
        Mixed other = one;
        other.Last++;
        return sum + own[^1] + (uint)table.Length + one.Last + other.Count * 3u + other.Last;
    }
}
