// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf.Maps;

/// <summary>
/// The memory of an arena, which programs and this process share at one address (Linux 6.9). Pages appear when either side first
/// touches them. Pointers in it are the same for both; <see cref="OffsetOf"/> turns them into offsets. Spans and references into it
/// must not be used after its owner, the object or this, is disposed.
/// </summary>
public sealed unsafe class BpfArena : IDisposable
{
    private readonly MemoryMapping _memory;
    private readonly string _name;

    internal BpfArena(MemoryMapping memory, string name, long length) => (_memory, _name, Length) = (memory, name, length);

    /// <summary>Bytes of the arena.</summary>
    public long Length { get; }

    /// <summary>The address of the first byte, for programs as for this process.</summary>
    public ulong Address
    {
        get
        {
            ObjectDisposedException.ThrowIf(_memory.IsClosed, this);
            return (ulong)_memory.Address;
        }
    }

    /// <summary>Maps an arena into memory. A process has an arena mapped once; loading an object with one does that already.</summary>
    /// <exception cref="BpfException">EBUSY: the process has it mapped; EEXIST: the address it was made for is taken; EINVAL: that address or its size does not fit.</exception>
    public static BpfArena Map(BpfMap map)
    {
        TypedView.Expect(map, Objects.Uapi.MapType.Arena);
        return Map(map, map.Name);
    }

    /// <summary>Bytes of the arena.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are not all in it.</exception>
    public Span<byte> Slice(long offset, int length)
    {
        ObjectDisposedException.ThrowIf(_memory.IsClosed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - length);

        // SAFETY: offset and length lie within the mapping, which lives until Dispose.
        return new(_memory.Address + offset, length);
    }

    /// <summary>A structure in the arena, where it is.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not all in it.</exception>
    public ref T At<T>(long offset = 0)
        where T : unmanaged => ref Unsafe.As<byte, T>(ref Slice(offset, Unsafe.SizeOf<T>())[0]);

    /// <summary>Where a pointer that a program has stored leads to.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It leads outside the arena.</exception>
    public long OffsetOf(ulong pointer)
    {
        // Programs keep the lower half of a pointer and may store it without the upper one.
        uint offset = (uint)pointer - (uint)Address;
        return offset < (ulong)Length
            ? offset
            : throw new ArgumentOutOfRangeException(nameof(pointer), $"0x{pointer:x} lies outside arena '{_name}'");
    }

    /// <summary>Unmaps the memory.</summary>
    public void Dispose() => _memory.Dispose();

    internal static BpfArena Map(BpfMap map, string name)
    {
        nuint length = (nuint)map.MaxEntries * (nuint)Libc.PageSize;
        // An arena may be made for one address, and the kernel maps it nowhere else.
        return new(MemoryMapping.Create(map.Fd, length, writable: true, 0, $"map arena '{name}' into memory", map.Info.Extra), name, (long)length);
    }
}
