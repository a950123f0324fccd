static class Subject
{
    public static uint Compute(uint a, uint b)
    {
        Span<byte> bytes = stackalloc byte[8];
        for (int i = 0; i < bytes.Length; i++) bytes[i] = (byte)(a >> (i & 3) * 8);
        bytes[3] = (byte)b;
        Span<byte> tail = bytes.Slice(4, 4);
        tail[0] ^= 0x55;
        ReadOnlySpan<byte> known = "ruche"u8;
        uint sum = Sum(bytes) * 7 + Sum(tail);
        for (int i = 0; i < known.Length; i++) sum += (uint)(known[i] << i);
        Span<uint> words = stackalloc uint[3];
        words[0] = a;
        words[1] = b;
        foreach (uint word in words) sum ^= word;
        return sum + (uint)words.Length;
    }

    static uint Sum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (int i = 0; i < bytes.Length; i++) sum += bytes[i];
        return sum;
    }
}
