// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Elf;

namespace Ruche.Bpf.Loading;

/// <summary>The running kernel's own types. Read when first asked for, then shared by the whole process.</summary>
public static class KernelTypes
{
    private const string SysfsImage = "/sys/kernel/btf/vmlinux";
    private static readonly Lazy<BtfSpec> Shared = new(ReadRunning);

    /// <summary>The types.</summary>
    /// <exception cref="BpfException">ENOENT: the kernel was built without them.</exception>
    public static BtfSpec Running => Shared.Value;

    /// <summary>Reads types from a file that holds them raw, or from the <c>.BTF</c> section of an ELF file.</summary>
    /// <exception cref="BpfException">The file cannot be opened.</exception>
    /// <exception cref="Objects.Diagnostics.InvalidObjectException">The file holds no types.</exception>
    public static BtfSpec Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);

        // The mapping is never undone: the types may be used for as long as the process lives.
        var image = MappedFile.Open(path, out _);
        ReadOnlySpan<byte> elf = [0x7f, (byte)'E', (byte)'L', (byte)'F'];
        if (!image.Span.StartsWith(elf)) return BtfSpec.Read(image, name: path);
        var file = ElfFile.Read(image, path);
        return file.Section(".BTF") is { } section
            ? BtfSpec.Read(file.Contents(section), name: path)
            : throw new BpfException($"read kernel types from '{path}'", Errno.ENOENT, "the file has no .BTF section");
    }

    private static BtfSpec ReadRunning()
    {
        try
        {
            return Read(SysfsImage);
        }
        catch (BpfException e) when (e.Errno is Errno.ENOENT)
        {
            return ReadInstalled();
        }
    }

    private static BtfSpec ReadInstalled()
    {
        string release = File.ReadAllText("/proc/sys/kernel/osrelease").Trim();
        foreach (string path in (string[])[$"/boot/vmlinux-{release}", $"/lib/modules/{release}/vmlinux", $"/usr/lib/debug/boot/vmlinux-{release}"])
        {
            if (File.Exists(path)) return Read(path);
        }

        throw new BpfException("read the kernel's types", Errno.ENOENT,
            $"{SysfsImage} is missing: the kernel was built without CONFIG_DEBUG_INFO_BTF; give a file with its types");
    }
}
