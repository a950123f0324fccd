static class Subject
{
    struct Pair { public uint One, Other; }

    public static uint Compute(uint a, uint b)
    {
        Pair pair = new() { One = a, Other = b };
        ref uint one = ref pair.One;
        one += 3;
        ref readonly uint other = ref pair.Other;
        Divide(pair.One, other | 1, out uint quotient, out uint rest);
        Larger(ref pair) += 1;
        return quotient * 5 + rest + pair.One + pair.Other * 2 + Read(in pair);

        static uint Read(in Pair pair) => pair.One ^ pair.Other;
    }

    static ref uint Larger(ref Pair pair) => ref pair.One;

    static void Divide(uint a, uint b, out uint quotient, out uint rest)
    {
        quotient = a / b;
        rest = a % b;
    }
}
