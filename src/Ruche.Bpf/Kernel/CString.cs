// SPDX-License-Identifier: MIT
using System.Text;

namespace Ruche.Bpf.Kernel;

/// <summary>Texts as the kernel takes them.</summary>
internal static class CString
{
    /// <summary>The UTF-8 bytes of a text and a closing zero.</summary>
    public static byte[] From(string text)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(text) + 1];
        Encoding.UTF8.GetBytes(text, bytes);
        return bytes;
    }
}
