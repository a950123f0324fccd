// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Btf;

/// <summary>The info word of a type: element count (24 bits since Linux 7.1, 16 before), kind and a flag.</summary>
internal static class BtfInfo
{
    public const int MaxLength = 0xff_ffff;

    public static int Kind(uint info) => (int)(info >> 24) & 0x7f;

    public static int Length(uint info) => (int)(info & MaxLength);

    public static bool Flag(uint info) => info >> 31 != 0;

    public static uint Make(BtfKind kind, int length = 0, bool flag = false) =>
        (uint)length | ((uint)kind << 24) | (flag ? 1u << 31 : 0);
}
