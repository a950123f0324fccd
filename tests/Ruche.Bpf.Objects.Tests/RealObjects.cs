// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Ruche.Bpf.Objects.Tests;

/// <summary>
/// eBPF objects of Debian packages, as files or embedded in programs; tests are skipped by name when no package can be had.
/// </summary>
internal static class RealObjects
{
    private const int MaximumHeader = 64;

    private static readonly string[] Packages =
    [
        "libxdp1", "xdp-tools", "libsystemd-shared", "libbpf-tools", "golang-github-cilium-ebpf-dev", "golang-github-iovisor-gobpf-dev",
    ];

    private static readonly Lazy<List<(string Name, byte[] Image)>> Found = new(Collect);

    public static IReadOnlyList<(string Name, byte[] Image)> All
    {
        get
        {
            if (Found.Value.Count == 0) Assert.Skip($"no Debian package could be downloaded: {string.Join(", ", Packages)}");
            return Found.Value;
        }
    }

    private static List<(string Name, byte[] Image)> Collect()
    {
        List<(string, byte[])> objects = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (string package in Packages)
        {
            if (DebianPackage.Unpack(package) is not { } directory) continue;
            var files = new DirectoryInfo(directory).EnumerateFiles("*", SearchOption.AllDirectories);
            foreach (var file in files.Where(f => f.LinkTarget is null && f.Length > MaximumHeader).OrderBy(f => f.FullName, StringComparer.Ordinal))
            {
                int number = 0;
                foreach (byte[] image in Objects(File.ReadAllBytes(file.FullName)))
                {
                    string name = $"{package}/{file.Name}{(number++ == 0 ? "" : $"#{number}")}";
                    if (seen.Add(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(image)))) objects.Add((name, image));
                }
            }
        }

        return objects;
    }

    /// <summary>The objects that a file is, or holds.</summary>
    private static IEnumerable<byte[]> Objects(byte[] file)
    {
        for (int at = 0; file.AsSpan(at).IndexOf("\u007fELF\u0002"u8) is >= 0 and var found; at++)
        {
            at += found;
            if (LengthOf(file.AsSpan(at)) is { } length) yield return file.AsSpan(at, length).ToArray();
        }
    }

    private static int? LengthOf(ReadOnlySpan<byte> image)
    {
        if (image.Length < MaximumHeader) return null;
        bool little = image[5] == 1;
        ushort type = little ? BinaryPrimitives.ReadUInt16LittleEndian(image[16..]) : BinaryPrimitives.ReadUInt16BigEndian(image[16..]);
        ushort machine = little ? BinaryPrimitives.ReadUInt16LittleEndian(image[18..]) : BinaryPrimitives.ReadUInt16BigEndian(image[18..]);
        if (type != 1 || machine != 247) return null;
        ulong table = little ? BinaryPrimitives.ReadUInt64LittleEndian(image[40..]) : BinaryPrimitives.ReadUInt64BigEndian(image[40..]);
        ushort count = little ? BinaryPrimitives.ReadUInt16LittleEndian(image[60..]) : BinaryPrimitives.ReadUInt16BigEndian(image[60..]);
        ulong length = table + count * 64ul;
        return length <= (ulong)image.Length ? (int)length : null;
    }
}
