// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Symbols.Files;
using Ruche.Symbols.Kernel;
using Ruche.Symbols.Processes;
using Ruche.Symbols.Unwinding;

namespace Ruche.Symbols;

/// <summary>
/// Names for addresses of the kernel and of any number of processes, which share what is read from their files. Bounded by its options.
/// Disposing it closes all files. Thread-safe.
/// </summary>
public sealed class SymbolizerCache : IDisposable
{
    private readonly SymbolizerOptions _options;
    private readonly ProgramFiles _files;
    private readonly Dictionary<int, ProcessSymbols> _processes = [];
    private readonly Lock _gate = new();
    private Lazy<KernelSymbolTable> _kernel = new(KernelSymbolTable.Open);
    private long _uses;

    /// <summary>An empty cache.</summary>
    public SymbolizerCache(SymbolizerOptions? options = null)
    {
        _options = options ?? new();
        _files = new(_options);
    }

    /// <summary>The kernel's symbols, read at the first use.</summary>
    /// <exception cref="IOException">They cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">They may not be read.</exception>
    public KernelSymbolTable Kernel => _kernel.Value;

    /// <summary>How many bytes the functions of files take now.</summary>
    public long TableBytes => _files.TableBytes;

    /// <summary>How many files are open.</summary>
    public int FileCount => _files.Count;

    /// <summary>Reads the kernel's symbols anew at their next use: modules and BPF programs have come or gone.</summary>
    public void RefreshKernel() => _kernel = new(KernelSymbolTable.Open);

    /// <summary>The process that has this number, or the one that had it last when it was known then; null when there is neither, or its
    /// mappings may not be read.</summary>
    public ProcessSymbols? Process(int pid)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pid);
        var now = ProcessIdentity.Of(pid);
        lock (_gate)
        {
            if (_processes.TryGetValue(pid, out var known) && (now is null || now.Value.StartTime == known.StartTime))
            {
                known.LastUse = ++_uses;
                return known;
            }

            if (known is not null) Forget(known);
            if (now is not { } identity || ProcessMaps.TryRead(pid.ToString(CultureInfo.InvariantCulture)) is not { } mappings) return null;
            if (_processes.Count >= _options.MaxProcesses) Forget(_processes.Values.MinBy(process => process.LastUse)!);
            return _processes[pid] = new(identity, mappings, _files, _options) { LastUse = ++_uses };
        }
    }

    /// <summary>Takes what is needed to name addresses of a process after it has exited: its mappings, and its files, kept open. False when
    /// there is no such process or its mappings may not be read.</summary>
    public bool Capture(int pid)
    {
        if (Process(pid) is not { HasExited: false } process) return false;
        process.Capture();
        return !process.HasExited;
    }

    /// <summary>How the frames of a process's code are left, by address, as it is mapped now; nothing when it is gone, or its mappings may not be read.</summary>
    public IReadOnlyList<UnwindMapping> Unwinding(int pid) => Process(pid) is { HasExited: false } process ? process.Unwinding() : [];

    /// <summary>What is at addresses of the kernel.</summary>
    public Frame[] KernelStack(ReadOnlySpan<ulong> addresses)
    {
        Frame[] frames = new Frame[addresses.Length];
        for (int i = 0; i < frames.Length; i++) frames[i] = Kernel.Find(addresses[i]);
        return frames;
    }

    /// <summary>What is at addresses of a process; addresses alone when nothing is known of it.</summary>
    public Frame[] UserStack(int pid, ReadOnlySpan<ulong> addresses)
    {
        Frame[] frames = new Frame[addresses.Length];
        if (Process(pid) is { } process) process.Find(addresses, frames);
        else
            for (int i = 0; i < frames.Length; i++) frames[i] = new(addresses[i]);
        return frames;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var process in _processes.Values) process.Close();
            _processes.Clear();
        }

        _files.Dispose();
    }

    private void Forget(ProcessSymbols process)
    {
        process.Close();
        _processes.Remove(process.Id);
    }
}
