// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf.Maps;

public sealed unsafe partial class BpfMap
{
    private const ulong LockFlag = 4;

    /// <summary>Reads the value of a key. Returns false when the key is not there, or an empty queue has nothing to peek at.</summary>
    /// <param name="key"><see cref="KeySize"/> bytes.</param>
    /// <param name="value">Receives <see cref="ValueBufferSize"/> bytes. For maps that hold maps or programs, their id.</param>
    /// <param name="locked">Whether to hold the spin lock inside the value while it is copied.</param>
    public bool TryLookup(ReadOnlySpan<byte> key, Span<byte> value, bool locked = false)
    {
        CheckSizes(key, value);
        return this.IsThere(Call(BpfCommand.MapLookupElem, key, value, locked ? LockFlag : 0), MapOperation.Lookup);
    }

    /// <summary>Reads the value of a key and removes it in one step. Returns false when it is not there.</summary>
    /// <exception cref="BpfException">The map type cannot (hash maps: from Linux 5.14).</exception>
    public bool TryLookupAndDelete(ReadOnlySpan<byte> key, Span<byte> value)
    {
        CheckSizes(key, value);
        return this.IsThere(Call(BpfCommand.MapLookupAndDeleteElem, key, value, 0), MapOperation.Take);
    }

    /// <summary>Stores a value under a key.</summary>
    /// <exception cref="BpfException">The map is full (E2BIG), the key is there (EEXIST) or missing (ENOENT) against <paramref name="mode"/>, …</exception>
    public void Update(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, UpdateMode mode = UpdateMode.Any)
    {
        Errno errno = TryUpdate(key, value, mode);
        if (errno is not Errno.None) throw Refusal(MapOperation.Update, errno);
    }

    /// <summary>Removes a key. Returns false when it is not there.</summary>
    public bool Delete(ReadOnlySpan<byte> key)
    {
        CheckKey(key);
        return this.IsThere(Call(BpfCommand.MapDeleteElem, key, default, 0), MapOperation.Delete);
    }

    /// <summary>
    /// Finds the key after another, in the order the kernel keeps them. When <paramref name="key"/> is not there any more, the kernel
    /// starts over, so <see cref="Entries"/> is what most callers want.
    /// </summary>
    /// <param name="key">A key, or empty to get the first.</param>
    /// <param name="next">Receives <see cref="KeySize"/> bytes.</param>
    /// <returns>False when there are no more.</returns>
    public bool TryNextKey(ReadOnlySpan<byte> key, Span<byte> next)
    {
        if (!key.IsEmpty) CheckKey(key);
        CheckKey(next);
        return this.IsThere(Call(BpfCommand.MapGetNextKey, key, next, 0), MapOperation.Walk);
    }

    /// <summary>Stores a value under a key, and returns the kernel's answer instead of throwing.</summary>
    internal Errno TryUpdate(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, UpdateMode mode)
    {
        CheckSizes(key, value);
        return Call(BpfCommand.MapUpdateElem, key, value, (ulong)mode);
    }

    /// <summary>Calls a command on one entry. The kernel writes to the value for lookups and next keys only.</summary>
    internal Errno Call(BpfCommand command, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ulong flags)
    {
        Errno errno;
        // SAFETY: both spans are pinned for the call, and the public methods have checked that they hold what the kernel reads or
        // writes. An empty span is a null pointer, which the kernel takes for "none".
        fixed (byte* keyPointer = key)
        fixed (byte* valuePointer = value)
        {
            MapElementAttr attr = new() { MapFd = (uint)Fd.Value, Key = (ulong)keyPointer, Value = (ulong)valuePointer, Flags = flags };
            errno = BpfSyscall.Try(command, ref attr);
        }

        GC.KeepAlive(this);
        return errno;
    }

    private void CheckSizes(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        CheckKey(key);
        if (value.Length != ValueBufferSize) ThrowSize("value", value.Length, ValueBufferSize);
    }

    private void CheckKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != KeySize) ThrowSize("key", key.Length, KeySize);
    }

    [DoesNotReturn]
    private void ThrowSize(string what, int given, int wanted) =>
        throw new ArgumentException($"map '{Name}' has {what}s of {wanted} bytes, but {given} were given");

    private BpfException Refusal(MapOperation operation, Errno errno)
    {
        (string verb, BpfCommand command) = operation switch
        {
            MapOperation.Lookup => ("look up in", BpfCommand.MapLookupElem),
            MapOperation.Update => ("update", BpfCommand.MapUpdateElem),
            MapOperation.Delete => ("delete from", BpfCommand.MapDeleteElem),
            MapOperation.Take => ("take from", BpfCommand.MapLookupAndDeleteElem),
            _ => ("walk", BpfCommand.MapGetNextKey),
        };
        return Failure.Of($"{verb} map '{Name}'", command, errno);
    }
}
