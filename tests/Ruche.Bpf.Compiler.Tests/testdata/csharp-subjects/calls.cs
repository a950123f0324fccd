using System.Runtime.CompilerServices;

static class Subject
{
    public static uint Compute(uint a, uint b)
    {
        uint sum = 0;
        for (uint i = 0; i < 3; i++) sum += Mixed(a + i, b) + Mixed(b, a);
        return sum + (IsOdd(a) && !IsOdd(b) ? 1u : 0) + (IsOdd(a) || IsOdd(b) ? 2u : 0);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static uint Mixed(uint a, uint b)
    {
        a ^= b * 0x9e3779b1;
        a ^= a >> 15;
        return a * 0x85ebca77;
    }

    static bool IsOdd(uint value) => (value & 1) != 0;
}
