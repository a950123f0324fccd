static class Subject
{
    public static uint Compute(uint a, uint b)
    {
        (uint sum, uint product) = Both(a, b);
        var triple = (a, (ushort)b, Inner: (sum, product));
        triple.Inner.sum += triple.Item2;
        return Choose(triple.Inner.sum > product, triple.Inner, (b, a));
    }

    static (uint Sum, uint Product) Both(uint a, uint b) => (a + b, a * b);

    static uint Choose(bool first, (uint A, uint B) one, (uint A, uint B) other)
    {
        var chosen = first ? one : other;
        return chosen.A * 3 + chosen.B;
    }
}
