// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Btf.Rendering;

/// <summary>Spells names of any language such that C takes them.</summary>
internal static class CSpelling
{
    private const int LongestKeyword = 8;

    private static readonly BtfStringTable Keywords = new(
        "\0auto\0break\0case\0char\0const\0continue\0default\0do\0double\0else\0enum\0extern\0float\0for\0goto\0if\0inline\0int\0long\0register\0"u8
        + "restrict\0return\0short\0signed\0sizeof\0static\0struct\0switch\0typedef\0union\0unsigned\0void\0volatile\0while\0asm\0typeof\0_Bool\0"u8
        + "_Complex\0_Atomic\0"u8);

    /// <summary>The name, changed where C does not allow it.</summary>
    public static ReadOnlySpan<byte> Valid(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty) return "_"u8;
        if (name.Length <= LongestKeyword && Keywords.Contains(name)) return (byte[])[.. name, (byte)'_'];
        return IsPlain(name) ? name : Replaced(name);
    }

    private static bool IsPlain(ReadOnlySpan<byte> name)
    {
        foreach (byte b in name)
        {
            if (!IsAllowed(b)) return false;
        }
        return !IsDigit(name[0]);
    }

    private static byte[] Replaced(ReadOnlySpan<byte> name)
    {
        List<byte> valid = IsDigit(name[0]) ? [(byte)'_'] : [];
        foreach (byte b in name)
        {
            if (IsAllowed(b)) valid.Add(b);
            else if (!IsContinuation(b)) valid.Add((byte)'_');
        }
        return [.. valid];
    }

    private static bool IsAllowed(byte b) => (uint)((b | 0x20) - 'a') <= 'z' - 'a' || IsDigit(b) || b == '_';

    private static bool IsDigit(byte b) => (uint)(b - '0') <= 9;

    // A character beyond ASCII is several bytes, of which all but the first look like this.
    private static bool IsContinuation(byte b) => (b & 0xc0) == 0x80;
}
