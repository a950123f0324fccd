// SPDX-License-Identifier: MIT
using Microsoft.Win32.SafeHandles;
using Ruche.Symbols.Files;
using Ruche.Symbols.PerfMaps;
using Ruche.Symbols.Unwinding;

namespace Ruche.Symbols.Processes;

/// <summary>
/// Names for the addresses of one process: functions of the files it has mapped, and those that a runtime has listed in its perf map. Mappings
/// are read again as they change; what was known when the process exited stays. Belongs to its <see cref="SymbolizerCache"/>. Thread-safe.
/// </summary>
public sealed class ProcessSymbols
{
    private const long LongestPerfMap = 256 << 20;
    private static readonly TimeSpan OldAge = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestAge = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly ProcessIdentity _identity;
    private readonly ProgramFiles _files;
    private readonly SymbolizerOptions _options;
    private readonly int _namespaceId;
    private readonly Dictionary<(ulong Device, ulong Inode, string Path), ProgramFile?> _opened = [];
    private ProcessMapping[] _mappings;
    private ProgramFile?[] _fileOf;
    private PerfMap? _perfMap;
    private bool _wasAsked;
    private long _mappingsRead;
    private long _perfMapRead;

    internal ProcessSymbols(ProcessIdentity identity, ProcessMapping[] mappings, ProgramFiles files, SymbolizerOptions options)
    {
        (_identity, _mappings, _files, _options) = (identity, mappings, files, options);
        _fileOf = new ProgramFile?[mappings.Length];
        _namespaceId = identity.NamespaceId();
        _mappingsRead = options.Time.GetTimestamp();
    }

    /// <summary>The process.</summary>
    public int Id => _identity.Id;

    /// <summary>When it started, in clock ticks after boot: what tells it from another one with the same number.</summary>
    public ulong StartTime => _identity.StartTime;

    /// <summary>Whether it was found to be gone.</summary>
    public bool HasExited { get; private set; }

    /// <summary>The ranges that hold code, by address, as last read.</summary>
    public IReadOnlyList<ProcessMapping> Mappings => _mappings;

    /// <summary>When somebody last asked, by the cache's count.</summary>
    internal long LastUse { get; set; }

    /// <summary>What is at an address.</summary>
    public Frame Find(ulong address)
    {
        lock (_gate) return FindLocked(address);
    }

    /// <summary>What is at each of several addresses.</summary>
    public void Find(ReadOnlySpan<ulong> addresses, Span<Frame> frames)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames.Length, addresses.Length);
        lock (_gate)
        {
            for (int i = 0; i < addresses.Length; i++) frames[i] = FindLocked(addresses[i]);
        }
    }

    /// <summary>The build id, in hexadecimal, of the file that an address lies in; null when there is none.</summary>
    public string? BuildIdAt(ulong address)
    {
        lock (_gate)
        {
            return MappingAt(address) is var index and >= 0 && FileOf(index) is { BuildId.Length: > 0 } file ? file.BuildId : null;
        }
    }

    /// <summary>Opens all files now, so that every address can be found after the process has exited.</summary>
    internal void Capture()
    {
        lock (_gate)
        {
            RefreshMappings();
            for (int i = 0; i < _mappings.Length; i++) FileOf(i);
            RefreshPerfMap();
        }
    }

    /// <summary>How the frames of its code are left, by address, as it is mapped now.</summary>
    internal List<UnwindMapping> Unwinding()
    {
        lock (_gate)
        {
            RefreshMappings();
            List<UnwindMapping> known = [];
            for (int i = 0; i < _mappings.Length; i++)
            {
                var mapping = _mappings[i];
                if (FileOf(i) is { } file && file.TryGetAddress(mapping.Offset, out ulong address))
                    known.Add(new(mapping.Start, mapping.End, address - mapping.Start, file.Unwinding));
            }

            return known;
        }
    }

    internal void Close()
    {
        lock (_gate)
        {
            _perfMap?.Dispose();
            _perfMap = null;
        }
    }

    private Frame FindLocked(ulong address)
    {
        if (IsOlder(_mappingsRead, OldAge)) RefreshMappings();
        int index = MappingAt(address);
        if (index < 0 && IsOlder(_mappingsRead, ShortestAge))
        {
            RefreshMappings();
            index = MappingAt(address);
        }

        if (index < 0) return new(address);
        var mapping = _mappings[index];
        string? module = mapping.Path.Length > 0 ? mapping.Path : null;
        if (FileOf(index) is { } file && InFile(file, mapping, address) is { } frame) return frame with { Module = module };
        return InPerfMap(address) ?? new Frame(address) { Module = module };
    }

    private Frame? InFile(ProgramFile file, ProcessMapping mapping, ulong address)
    {
        if (!file.TryGetAddress(address - mapping.Start + mapping.Offset, out ulong inFile)) return null;
        return Named(file.Table, inFile, address, FrameKind.User);
    }

    private Frame? InPerfMap(ulong address)
    {
        if (_perfMap is not null && Named(_perfMap.Table, address, address, FrameKind.Jitted) is { } frame) return frame;
        if (!IsOlder(_perfMapRead, ShortestAge) && _perfMapRead != 0 || !RefreshPerfMap()) return null;
        return Named(_perfMap!.Table, address, address, FrameKind.Jitted);
    }

    private Frame? Named(FunctionTable table, ulong lookup, ulong address, FrameKind kind)
    {
        int index = table.IndexAt(lookup);
        if (index < 0) return null;
        var name = table.NameOf(index, _options.Demangles);
        return new Frame(address) { Kind = kind, Name = name.Name, LinkageName = name.Linkage, Offset = lookup - table.StartOf(index) };
    }

    private int MappingAt(ulong address)
    {
        int low = 0, high = _mappings.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            if (address < _mappings[middle].Start) high = middle - 1;
            else if (address >= _mappings[middle].End) low = middle + 1;
            else return middle;
        }

        return -1;
    }

    private ProgramFile? FileOf(int index)
    {
        if (_fileOf[index] is { IsDisposed: false } known) return known;
        var mapping = _mappings[index];
        var key = (mapping.Device, mapping.Inode, mapping.Path);
        if (!_opened.TryGetValue(key, out var file) || file is { IsDisposed: true }) _opened[key] = file = _files.Open(Id, mapping);
        return _fileOf[index] = file;
    }

    private void RefreshMappings()
    {
        _mappingsRead = _options.Time.GetTimestamp();
        if (HasExited) return;
        var mappings = ProcessMaps.TryRead(_identity.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));

        // The number may be another process's by now, and one that is exiting has no mappings left.
        HasExited = ProcessIdentity.Of(Id) != _identity;
        if (HasExited || mappings is not { Length: > 0 }) return;
        (_mappings, _fileOf) = (mappings, new ProgramFile?[mappings.Length]);

        // A file that could not be opened is tried again, one that is mapped no more is let go.
        var mapped = mappings.Select(mapping => (mapping.Device, mapping.Inode, mapping.Path)).ToHashSet();
        foreach ((var key, var file) in _opened)
        {
            if (file is null || !mapped.Contains(key)) _opened.Remove(key);
        }
    }

    private bool RefreshPerfMap()
    {
        _perfMapRead = _options.Time.GetTimestamp();
        _perfMap ??= OpenPerfMap();
        return _perfMap?.Update() ?? false;
    }

    // The runtime writes it where it sees /tmp, with the number it knows itself by.
    private PerfMap? OpenPerfMap()
    {
        var file = FindPerfMap();
        if (file is null && _options.AsksRuntimes && !_wasAsked)
        {
            _wasAsked = true;
            if (DotnetProcess.TryWritePerfMap(Id, _namespaceId)) file = FindPerfMap();
        }

        return file is null ? null : new(file, LongestPerfMap);
    }

    private SafeFileHandle? FindPerfMap() => RegularFile.TryOpen($"/proc/{Id}/root/tmp/perf-{_namespaceId}.map") ?? RegularFile.TryOpen($"/tmp/perf-{Id}.map");

    private bool IsOlder(long timestamp, TimeSpan age) => _options.Time.GetElapsedTime(timestamp) >= age;
}
