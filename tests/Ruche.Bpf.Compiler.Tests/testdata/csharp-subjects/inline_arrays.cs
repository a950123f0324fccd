using System.Runtime.CompilerServices;

static unsafe class Subject
{
    [InlineArray(4)]
    struct Four { private ushort _first; }

    struct Fixed { public fixed byte Bytes[6]; public int After; }

    public static uint Compute(uint a, uint b)
    {
        Four four = default;
        four[0] = (ushort)a;
        four[1] = (ushort)b;
        four[3] = (ushort)(four[0] + four[1]);
        Four copy = four;
        copy[2] = 9;
        Fixed buffer = default;
        buffer.After = (int)b;
        buffer.Bytes[2] = (byte)a;
        buffer.Bytes[5] = 17;
        Fixed other = buffer;
        other.Bytes[2]++;
        uint sum = 0;
        for (int i = 0; i < 4; i++) sum = sum * 31 + copy[i];
        return sum + buffer.Bytes[2] + other.Bytes[2] * 3u + other.Bytes[5] + (uint)other.After + four[2];
    }
}
