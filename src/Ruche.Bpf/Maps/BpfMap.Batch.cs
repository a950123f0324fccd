// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf.Maps;

public sealed unsafe partial class BpfMap
{
    /// <summary>Every entry, as bytes. An entry may be seen twice, or not at all, when others change the map meanwhile.</summary>
    public MapEntries Entries => new(this);

    /// <summary>Bit n is set when the kernel has refused batch command n on this map; found out by the first attempt.</summary>
    internal int RefusedBatches { get; set; }

    /// <summary>Stores many entries, in one system call where the kernel can.</summary>
    /// <param name="keys">Keys one after the other.</param>
    /// <param name="values">As many values, of <see cref="ValueBufferSize"/> bytes each.</param>
    /// <param name="mode">What an update may do.</param>
    /// <exception cref="BpfException">An entry was refused; those before it are stored.</exception>
    public void UpdateMany(ReadOnlySpan<byte> keys, ReadOnlySpan<byte> values, UpdateMode mode = UpdateMode.Any)
    {
        int count = CountOf(keys);
        if (values.Length != count * ValueBufferSize) ThrowSize("value", values.Length / Math.Max(count, 1), ValueBufferSize);
        int done = 0;
        bool whole = (mode & ~UpdateMode.Locked) == 0; // the kernel takes no other mode for a batch
        while (whole && done < count && CanBatch(BpfCommand.MapUpdateBatch))
        {
            int step = count - done;
            Errno errno = Batch(BpfCommand.MapUpdateBatch, default, default, Keys(keys, done), Values(values, done), ref step, (ulong)mode);
            done += step;
            if (errno is not (Errno.None or Errno.EINTR) && CanBatch(BpfCommand.MapUpdateBatch)) throw Refusal(MapOperation.Update, errno);
        }

        for (; done < count; done++) Update(Keys(keys, done)[..KeySize], Values(values, done)[..ValueBufferSize], mode);
    }

    /// <summary>Removes many keys, in one system call where the kernel can. Returns how many were there.</summary>
    /// <param name="keys">Keys one after the other.</param>
    public int DeleteMany(ReadOnlySpan<byte> keys)
    {
        int count = CountOf(keys);
        int done = 0, missing = 0;
        while (done < count && CanBatch(BpfCommand.MapDeleteBatch))
        {
            int step = count - done;
            Errno errno = Batch(BpfCommand.MapDeleteBatch, default, default, Keys(keys, done), default, ref step, 0);
            done += step;
            if (errno is Errno.ENOENT)
            {
                // The kernel stops at a key that is not there.
                missing++;
                done++;
            }
            else if (errno is not (Errno.None or Errno.EINTR) && CanBatch(BpfCommand.MapDeleteBatch))
            {
                throw Refusal(MapOperation.Delete, errno);
            }
        }

        for (; done < count; done++)
            if (!Delete(Keys(keys, done)[..KeySize])) missing++;
        return count - missing;
    }

    /// <summary>Takes entries out of the map, in few system calls where the kernel can.</summary>
    /// <param name="keys">Receives keys one after the other; its length says how many are wanted at most.</param>
    /// <param name="values">Receives as many values of <see cref="ValueBufferSize"/> bytes each.</param>
    /// <returns>How many were taken: 0 when the map is empty.</returns>
    public int Drain(Span<byte> keys, Span<byte> values)
    {
        int wanted = CountOf(keys);
        if (values.Length < wanted * ValueBufferSize) ThrowSize("value", values.Length / Math.Max(wanted, 1), ValueBufferSize);
        int taken = DrainBatches(keys, values, wanted);
        return taken > 0 ? taken : DrainOneByOne(keys, values, wanted);
    }

    private int DrainBatches(Span<byte> keys, Span<byte> values, int wanted)
    {
        Span<byte> cursor = stackalloc byte[Math.Max(KeySize, sizeof(ulong))];
        int taken = 0;
        bool started = false;
        while (taken < wanted && CanBatch(BpfCommand.MapLookupAndDeleteBatch))
        {
            int step = wanted - taken;
            Errno errno = Batch(BpfCommand.MapLookupAndDeleteBatch, started ? cursor : default, cursor,
                keys[(taken * KeySize)..], values[(taken * ValueBufferSize)..], ref step, 0);
            taken += step;
            started = true;

            // ENOENT: that was the end. ENOSPC: what is left of the buffers is smaller than the next bucket.
            if (errno is Errno.ENOENT or Errno.ENOSPC) break;
            if (errno is not (Errno.None or Errno.EINTR) && CanBatch(BpfCommand.MapLookupAndDeleteBatch))
                throw Refusal(MapOperation.Take, errno);
        }

        return taken;
    }

    private int DrainOneByOne(Span<byte> keys, Span<byte> values, int wanted)
    {
        int taken = 0;
        while (taken < wanted)
        {
            Span<byte> key = keys.Slice(taken * KeySize, KeySize);
            if (!TryNextKey(default, key)) break;
            if (this.Take(key, values.Slice(taken * ValueBufferSize, ValueBufferSize))) taken++;
        }

        return taken;
    }

    /// <summary>
    /// Calls a batch command. <paramref name="count"/> goes in as the room there is and comes back as what was done.
    /// A refusal that means "not on this map" is remembered; see <see cref="CanBatch"/>.
    /// </summary>
    internal Errno Batch(
        BpfCommand command, ReadOnlySpan<byte> from, Span<byte> to, ReadOnlySpan<byte> keys, ReadOnlySpan<byte> values, ref int count, ulong mode)
    {
        Errno errno;
        // SAFETY: all spans are pinned for the call. The callers give keys and values for at least 'count' entries, and cursors that
        // hold a key or the kernel's bucket number.
        fixed (byte* fromPointer = from)
        fixed (byte* toPointer = to)
        fixed (byte* keysPointer = keys)
        fixed (byte* valuesPointer = values)
        {
            MapBatchAttr attr = new()
            {
                InBatch = (ulong)fromPointer,
                OutBatch = (ulong)toPointer,
                Keys = (ulong)keysPointer,
                Values = (ulong)valuesPointer,
                Count = (uint)count,
                MapFd = (uint)Fd.Value,
                ElemFlags = mode,
            };
            errno = BpfSyscall.Try(command, ref attr);

            // Only these leave the count as it was given.
            bool untouched = errno is Errno.EINVAL or Errno.ENOTSUPP or Errno.EOPNOTSUPP or Errno.EPERM or Errno.EFAULT or Errno.ENOMEM;
            count = untouched && attr.Count == count ? 0 : (int)attr.Count;
        }

        GC.KeepAlive(this);
        if (errno is Errno.EINVAL or Errno.ENOTSUPP or Errno.EOPNOTSUPP && count == 0) RefusedBatches |= BitOf(command);
        return errno;
    }

    /// <summary>Whether a batch command is worth trying.</summary>
    internal bool CanBatch(BpfCommand command) => (RefusedBatches & BitOf(command)) == 0;

    private static int BitOf(BpfCommand command) => 1 << (command - BpfCommand.MapLookupBatch);

    private ReadOnlySpan<byte> Keys(ReadOnlySpan<byte> keys, int done) => keys[(done * KeySize)..];

    private ReadOnlySpan<byte> Values(ReadOnlySpan<byte> values, int done) => values[(done * ValueBufferSize)..];

    private int CountOf(ReadOnlySpan<byte> keys)
    {
        if (KeySize == 0) throw new InvalidOperationException($"map '{Name}' has no keys");
        if (keys.Length % KeySize != 0) ThrowSize("key", keys.Length % KeySize, KeySize);
        return keys.Length / KeySize;
    }
}
