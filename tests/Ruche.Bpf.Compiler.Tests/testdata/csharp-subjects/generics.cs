using System.Runtime.CompilerServices;

interface IWeighed { uint Weight { get; } }

readonly struct Light(uint value) : IWeighed { public uint Weight => value & 0xff; }

readonly struct Heavy(uint value, uint factor) : IWeighed { public uint Weight => value * factor; }

struct Box<T> where T : unmanaged
{
    public T Value;
    public int Count;

    public void Put(T value) { Value = value; Count++; }
}

static class Subject
{
    public static uint Compute(uint a, uint b)
    {
        Box<ushort> small = default;
        small.Put((ushort)a);
        Box<ulong> large = default;
        large.Put(b * 3ul);
        large.Put(large.Value + a);
        Swap(ref a, ref b);
        return small.Value + (uint)large.Value + (uint)(small.Count + large.Count) + Weigh(new Light(a)) + Weigh(new Heavy(b, 3)) + (uint)Unsafe.SizeOf<Box<byte>>();
    }

    static uint Weigh<T>(T thing) where T : struct, IWeighed => thing.Weight + 1;

    static void Swap<T>(ref T one, ref T other) => (one, other) = (other, one);
}
