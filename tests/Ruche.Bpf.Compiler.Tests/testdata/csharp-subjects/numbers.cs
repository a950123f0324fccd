using System.Buffers.Binary;
using System.Numerics;

static class Subject
{
    const long Large = 0x1_0000_0003;

    public static uint Compute(uint a, uint b)
    {
        int signed = (int)a;
        sbyte low = (sbyte)a;
        short middle = (short)(b * 7);
        long wide = (long)signed * (int)b + Large;
        ulong word = ((ulong)a << 32 | b) >> 7;
        uint sum = (uint)(low * 3) + (uint)(middle >> 2) + (uint)(wide >> 17) + (uint)word + (uint)(word >> 40);
        sum += (uint)(signed / 7) + (uint)(signed % 5) + (uint)(-signed) + ~b + (uint)(signed >> 3);
        sum ^= BinaryPrimitives.ReverseEndianness(a) + BinaryPrimitives.ReverseEndianness((ushort)b) + (uint)BinaryPrimitives.ReverseEndianness(word);
        sum += BitOperations.RotateLeft(a, 5) + BitOperations.RotateRight(b, 9);
        sum += Math.Min(a, b) + (uint)Math.Max(signed, (int)b) + (uint)Math.Abs((int)(b >> 1)) + Math.Clamp(a, 10, 1000);
        sum += low < 0 ? 1u : 2u;
        sum += a > b ? 4u : 8u;
        sum += signed > (int)b ? 16u : 32u;
        sum += (char)a + (uint)(byte)(a + b) + (a is 5 or > 100 ? 64u : 0);
        sum += (uint)(signed * -1) + (uint)(b > 100 ? -1 : -128) + (uint)((long)a * -3 >> 4);
        return sum;
    }
}
