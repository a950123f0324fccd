static class Subject
{
    ref struct Scope(ref uint value)
    {
        private readonly ref uint _value = ref value;
        public void Dispose() => _value = _value * 3 + 1;
    }

    public static uint Compute(uint a, uint b)
    {
        uint value = a;
        using (new Scope(ref value))
        {
            if (b > 100) return Twice(ref value) + b;
            value += b;
            using Scope inner = new(ref value);
            value ^= 5;
        }

        for (int i = 0; i < 3; i++)
        {
            using Scope each = new(ref value);
            if (i == 1) continue;
            value++;
        }

        return value;
    }

    static uint Twice(ref uint value)
    {
        using Scope scope = new(ref value);
        value += 2;
        return value;
    }
}
