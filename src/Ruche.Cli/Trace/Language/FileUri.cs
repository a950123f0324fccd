// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;

namespace Ruche.Cli.Trace.Language;

/// <summary>Files as editors name them: <c>file:///a%20b</c>.</summary>
internal static class FileUri
{
    private const string Scheme = "file://";

    /// <summary>The path that an address stands for; the address itself when it is that of no file.</summary>
    public static string PathOf(string uri)
    {
        int start = uri.StartsWith(Scheme, StringComparison.Ordinal) ? uri.IndexOf('/', Scheme.Length) : -1;
        if (start < 0) return uri;
        byte[] bytes = Encoding.UTF8.GetBytes(uri[start..]);
        int length = 0;
        for (int i = 0; i < bytes.Length; i++, length++)
        {
            bytes[length] = bytes[i];
            if (bytes[i] != '%' || i + 2 >= bytes.Length || !byte.TryParse(bytes.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte coded)) continue;
            bytes[length] = coded;
            i += 2;
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    /// <summary>The address of a file.</summary>
    public static string Of(string path)
    {
        StringBuilder uri = new(Scheme);
        foreach (byte b in Encoding.UTF8.GetBytes(Path.GetFullPath(path)))
        {
            if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'/' or (byte)'-' or (byte)'_' or (byte)'.' or (byte)'~') uri.Append((char)b);
            else uri.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
        }

        return uri.ToString();
    }
}
