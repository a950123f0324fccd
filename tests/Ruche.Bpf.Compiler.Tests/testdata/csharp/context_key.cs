// SPDX-License-Identifier: MIT
// run 0102030405060708090a0b0c08004500002800000000400600000a0000010a00000200500051000000000000000050020000000000 = 53
// run 0102030405060708090a0b0c08004500002800000000400600000a0000010a0000020050005100000000000000005002000000000000000000 = 57
[BpfObject]
public static class ContextKey
{
    [BpfMap(MaxEntries = 16)] static readonly BpfHashMap<uint, uint> Lengths = default;

    [Tc]
    public static int Remember(ref SkBuffContext packet)
    {
        Lengths.Update(in packet.Length, in packet.Length);
        ref uint length = ref Lengths.Lookup(in packet.Length);
        return Bpf.IsNull(ref length) ? -1 : (int)length;
    }
}
