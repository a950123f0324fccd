// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Elf;
using Ruche.Bpf.Objects.Images;
using Ruche.Symbols.Compression;
using Ruche.Symbols.Unwinding;

namespace Ruche.Symbols.Files;

/// <summary>
/// A file that processes have mapped: where its parts lie, and its functions, which are read when first asked for and may be dropped and read
/// again. A file that is no ELF file has none. Thread-safe.
/// </summary>
internal sealed class ProgramFile : IDisposable
{
    private const string MiniDebug = ".gnu_debugdata";
    private const int LongestMiniDebug = 256 << 20;

    private readonly ProgramFiles _store;
    private readonly ImageBytes _bytes;
    private readonly IDisposable? _owner;
    private readonly IReadOnlyList<string> _roots;
    private readonly Lock _gate = new();
    private readonly ElfSegment[] _segments = [];
    private FunctionTable? _table;

    public ProgramFile(ProgramFiles store, ImageBytes bytes, IDisposable? owner, string path, IReadOnlyList<string> roots)
    {
        (_store, _bytes, _owner, Path, _roots) = (store, bytes, owner, path, roots);
        if (Try(() => ElfFile.Read(bytes, path)) is { } file)
            _segments = [.. file.Segments.Where(segment => segment.Type is ElfSegmentType.Load)];
    }

    /// <summary>The path by which it was first found.</summary>
    public string Path { get; }

    /// <summary>Whether it was put away, so that its functions cannot be read any more.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>When its functions were last used, by the store's count.</summary>
    public long LastUse { get; set; }

    /// <summary>Its build id in hexadecimal; empty when it has none.</summary>
    public string BuildId => field ??= Try(() => ElfFile.Read(_bytes, Path).BuildId) is { } id ? Convert.ToHexStringLower(id.Span) : "";

    /// <summary>How its frames are left; nothing is known of a file that contradicts itself.</summary>
    public UnwindTable Unwinding => field ??= Try(() => UnwindTable.Read(ElfFile.Read(_bytes, Path))) ?? UnwindTable.Empty;

    /// <summary>How much memory its functions take now.</summary>
    public long TableBytes => Volatile.Read(ref _table)?.Bytes ?? 0;

    /// <summary>Its functions.</summary>
    public FunctionTable Table
    {
        get
        {
            if (Volatile.Read(ref _table) is not { } table)
            {
                lock (_gate) table = _table ??= Load();
                _store.Loaded(this);
            }

            LastUse = _store.NextUse();
            return table;
        }
    }

    /// <summary>The address that the file's own tables give to a place in it.</summary>
    public bool TryGetAddress(ulong offset, out ulong address)
    {
        // Segments share the pages at their ends: code is looked for first.
        foreach (bool isCode in (ReadOnlySpan<bool>)[true, false])
        {
            foreach (var segment in _segments)
            {
                if (segment.IsCode != isCode || offset < segment.Offset || offset - segment.Offset >= segment.FileSize) continue;
                address = offset - segment.Offset + segment.Address;
                return true;
            }
        }

        address = 0;
        return false;
    }

    /// <summary>Forgets the functions.</summary>
    public void Drop() => Volatile.Write(ref _table, null);

    public void Dispose()
    {
        IsDisposed = true;
        Drop();
        _owner?.Dispose();
    }

    private FunctionTable Load()
    {
        FunctionTableBuilder functions = new();
        if (Try(() => ElfFile.Read(_bytes, Path)) is not { } file) return FunctionTable.Empty;
        bool isStripped = Try(() => file.SymbolRows(dynamic: false)) is not { } rows || !TryAdd(functions, file, rows);
        if (isStripped)
        {
            // What a mini debug file has is only what the dynamic symbols leave out.
            if (Try(() => file.SymbolRows(dynamic: true)) is { } dynamic) TryAdd(functions, file, dynamic);
            bool isFound = Try(() => _store.DebugFiles.TryUse(file, Path, _roots, debug => AddSymbols(functions, debug)) ? file : null) is not null;
            if (!isFound) Try(() => AddMiniDebug(functions, file));
        }

        return functions.Build();
    }

    private static bool TryAdd(FunctionTableBuilder functions, ElfFile file, ElfSymbolRows rows)
    {
        functions.Add(file, rows);
        return rows.Count > 1;
    }

    private static void AddSymbols(FunctionTableBuilder functions, ElfFile file)
    {
        if (file.SymbolRows(dynamic: false) is { } rows) functions.Add(file, rows);
    }

    private static ElfFile? AddMiniDebug(FunctionTableBuilder functions, ElfFile file)
    {
        if (file.Section(MiniDebug) is not { } section) return null;
        var image = XzDecoder.Decode(file.Contents(section).Span, LongestMiniDebug);
        var mini = ElfFile.Read(image, $"{file.Name}:{MiniDebug}");
        AddSymbols(functions, mini);
        return mini;
    }

    /// <summary>What a reader of untrusted bytes gives; null when they contradict themselves or cannot be read.</summary>
    private static T? Try<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is InvalidObjectException or IOException or InvalidDataException
            or UnauthorizedAccessException or ObjectDisposedException)
        {
            return default;
        }
    }
}
