// SPDX-License-Identifier: MIT
using Microsoft.Win32.SafeHandles;
using Ruche.Bpf.Objects.Images;
using Ruche.Symbols.Processes;

namespace Ruche.Symbols.Files;

/// <summary>The files that processes have mapped, each once, and within bounds of memory and of open files. Thread-safe.</summary>
internal sealed class ProgramFiles(SymbolizerOptions options) : IDisposable
{
    // A single table larger than this is none that a linker has made.
    private const int LongestPart = 512 << 20;

    private readonly Dictionary<FileIdentity, ProgramFile> _files = [];
    private readonly Lock _gate = new();
    private long _uses;
    private ProgramFile? _vdso;

    public DebugFiles DebugFiles { get; } = new(options.DebugDirectories, LongestPart);

    /// <summary>How much memory the functions of all files take.</summary>
    public long TableBytes
    {
        get
        {
            lock (_gate) return _files.Values.Sum(file => file.TableBytes);
        }
    }

    /// <summary>How many files are known.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _files.Count;
        }
    }

    /// <summary>The file behind a mapping of a process; null when it cannot be opened or is none.</summary>
    public ProgramFile? Open(int pid, ProcessMapping mapping)
    {
        if (mapping.Path == "[vdso]") return Vdso(mapping);
        if (!mapping.HasFile) return null;
        var handle = MappedFileOf(pid, mapping);
        if (handle is null) return null;
        try
        {
            long length = RandomAccess.GetLength(handle);
            return Shared(new(mapping.Device, mapping.Inode, length, File.GetLastWriteTimeUtc(handle).Ticks), handle, pid, mapping.Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            handle.Dispose();
            return null;
        }
    }

    public long NextUse() => Interlocked.Increment(ref _uses);

    /// <summary>Makes room after a file's functions were read.</summary>
    public void Loaded(ProgramFile loaded)
    {
        loaded.LastUse = NextUse();
        lock (_gate)
        {
            long total = _files.Values.Sum(file => file.TableBytes);
            if (total <= options.MaxTableBytes) return;
            foreach (var file in _files.Values.Where(file => file != loaded && file.TableBytes > 0).OrderBy(file => file.LastUse))
            {
                total -= file.TableBytes;
                file.Drop();
                if (total <= options.MaxTableBytes) return;
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var file in _files.Values) file.Dispose();
            _files.Clear();
        }
    }

    // The link in map_files leads to the very file, also when it was deleted, replaced, or is in another mount namespace; following it needs
    // a privilege.
    private static SafeFileHandle? MappedFileOf(int pid, ProcessMapping mapping) =>
        RegularFile.TryOpen($"/proc/{pid}/map_files/{mapping.Start:x}-{mapping.End:x}")
        ?? (mapping.IsDeleted ? null : RegularFile.TryOpen($"/proc/{pid}/root{mapping.Path}"));

    private ProgramFile Shared(FileIdentity identity, SafeFileHandle handle, int pid, string path)
    {
        lock (_gate)
        {
            if (_files.TryGetValue(identity, out var known) && !known.IsDisposed)
            {
                handle.Dispose();
                known.LastUse = NextUse();
                return known;
            }

            if (_files.Count >= options.MaxFiles) Forget(_files.MinBy(entry => entry.Value.LastUse).Key);
            ProgramFile file = new(this, new FileBytes(handle, identity.Length, LongestPart), handle, path, [$"/proc/{pid}/root", ""]);
            file.LastUse = NextUse();
            _files[identity] = file;
            return file;
        }
    }

    private void Forget(FileIdentity identity)
    {
        _files[identity].Dispose();
        _files.Remove(identity);
    }

    // The kernel gives all processes the same one: this process may read its own.
    private ProgramFile? Vdso(ProcessMapping theirs)
    {
        lock (_gate)
        {
            if (_vdso is not null) return _vdso;
            var own = ProcessMaps.TryRead("self")?.FirstOrDefault(mapping => mapping.Path == "[vdso]");
            if (own is null || own.End - own.Start != theirs.End - theirs.Start) return null;
            using var memory = File.OpenHandle("/proc/self/mem", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            byte[] image = new byte[own.End - own.Start];
            if (RandomAccess.Read(memory, image, (long)own.Start) != image.Length) return null;
            return _vdso = new(this, ImageBytes.Of(image), null, "[vdso]", []);
        }
    }
}
