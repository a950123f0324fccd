// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Images;

namespace Ruche.Bpf.Objects.Btf;

/// <summary>
/// An immutable set of BTF types over an image in memory. Opening it finds where each type starts and no more; types are decoded when asked
/// for. A split set continues the ids and strings of its <see cref="Base"/>. Safe for concurrent use. What an image has wrong beyond
/// its outline is reported, as <see cref="InvalidObjectException"/>, by the member that stumbles over it.
/// </summary>
public sealed partial class BtfSpec
{
    /// <summary>Bytes of a pointer in a BPF program and in every kernel that has BTF for one.</summary>
    public const int PointerSize = 8;

    private readonly ImageSource _source;

    // Little-endian words whatever the image's order is: every part of a type is a 32-bit word, so the whole section is swapped once.
    private readonly ReadOnlyMemory<byte> _types;
    private readonly ReadOnlyMemory<byte> _strings;
    private readonly int[] _offsets;
    private readonly ReadOnlyMemory<int> _named; // which of them have a name and are no functions
    private readonly int _stringStart;
    private BtfType?[]? _decoded;

    private BtfSpec(ReadOnlyMemory<byte> image, BtfHeader header, BtfSpec? baseSpec, ImageSource source)
    {
        _source = source;
        Image = image;
        Base = baseSpec;
        ByteOrder = header.Order;
        FirstId = baseSpec?.Count ?? 1;
        _stringStart = baseSpec?.StringLength ?? 0;
        _strings = image[header.Strings];
        CheckStrings();
        _types = header.Order is ByteOrder.Little ? image[header.Types] : Swap(image.Span[header.Types]);
        var layout = header.Layout.Equals(default) ? BtfKindLayout.Known : new(image.Span[header.Layout]);
        _offsets = FindTypes(layout, out int count, out _named);
        Count = FirstId + count;
    }

    /// <summary>A set without any type but <see cref="BtfType.Void"/>.</summary>
    public static BtfSpec Empty => EmptySet.Value;

    /// <summary>The order the image was written in.</summary>
    public ByteOrder ByteOrder { get; }

    /// <summary>One more than the highest id: id 0 and the ids of the base are counted.</summary>
    public int Count { get; }

    /// <summary>The first id that is this set's own: 1, or the base's count when split.</summary>
    public int FirstId { get; }

    /// <summary>The set this one continues, when split.</summary>
    public BtfSpec? Base { get; }

    /// <summary>The bytes this set was read from.</summary>
    public ReadOnlyMemory<byte> Image { get; }

    /// <summary>One more than the highest string offset, the base's strings included.</summary>
    public int StringLength => _stringStart + _strings.Length;

    /// <summary>The type with an id, decoded on first use.</summary>
    public BtfType this[int id]
    {
        get
        {
            if (id == 0) return Nothing;
            if (id < FirstId && Base is not null) return Base[id];
            int index = IndexOf(id);
            var decoded = _decoded ?? Interlocked.CompareExchange(ref _decoded, new BtfType?[Count - FirstId], null) ?? _decoded!;
            return decoded[index] ??= Decode(index);
        }
    }

    private static BtfType Nothing { get; } = new BtfType.Void();

    /// <summary>The kind of a type, without decoding it.</summary>
    public BtfKind KindOf(int id) => id == 0 ? BtfKind.Void : (BtfKind)BtfInfo.Kind(InfoOf(id));

    /// <summary>The name of a type, without decoding the rest of it.</summary>
    public string NameOf(int id) => id == 0 ? "" : StringAt(NameOffsetOf(id));

    /// <summary>The name of a type as UTF-8, without allocating.</summary>
    public ReadOnlySpan<byte> NameBytesOf(int id) => id == 0 ? [] : BytesAt(NameOffsetOf(id));

    /// <summary>The string at an offset of the string section; the base's strings come first.</summary>
    public string StringAt(int offset) => Encoding.UTF8.GetString(BytesAt(offset));

    /// <summary>The bytes of the string at an offset, without the terminating zero.</summary>
    public ReadOnlySpan<byte> BytesAt(int offset)
    {
        if (offset < _stringStart && Base is not null) return Base.BytesAt(offset);
        if ((uint)(offset - _stringStart) >= (uint)_strings.Length && offset != 0)
        {
            _source.Throw(BtfDiagnostics.BadStringOffset,
                $"expected a string offset below {StringLength}, found {(uint)offset}", 0, "the strings of another image are needed, or the image is corrupt");
        }
        var rest = _strings.IsEmpty ? default : _strings.Span[(offset - _stringStart)..];
        int end = rest.IndexOf((byte)0);
        return end < 0 ? rest : rest[..end];
    }

    /// <summary>The ids of all types of a kind, in order, the base's included.</summary>
    public IEnumerable<int> IdsOf(BtfKind kind)
    {
        for (int id = 1; id < Count; id++)
        {
            if (KindOf(id) == kind) yield return id;
        }
    }

    internal ReadOnlySpan<byte> OwnStrings => _strings.Span;

    internal uint InfoOf(int id) => CommonWord(id, 4);

    internal int NameOffsetOf(int id) => (int)CommonWord(id, 0);

    /// <summary>The third word of a type: its size, or the id it refers to, depending on the kind.</summary>
    internal uint SizeOrTypeOf(int id) => CommonWord(id, 8);

    internal void Throw(string id, string message, params ReadOnlySpan<string> notes) => _source.Throw(id, message, 0, notes);

    private uint CommonWord(int id, int offset)
    {
        if (id < FirstId && Base is not null) return Base.CommonWord(id, offset);
        return Word(_offsets[IndexOf(id)] + offset);
    }

    private uint Word(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(_types.Span[offset..]);

    // Apart, because most processes that open a set never ask for it.
    private static class EmptySet
    {
        public static readonly BtfSpec Value = new BtfBuilder().Build();
    }

    private int IndexOf(int id)
    {
        if (id < FirstId || id >= Count)
            _source.Throw(BtfDiagnostics.BadTypeId, $"expected a type id below {Count}, found {(uint)id}", 0, "the image is corrupt, or belongs to another base");
        return id - FirstId;
    }
}
