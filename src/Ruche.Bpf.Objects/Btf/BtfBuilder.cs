// SPDX-License-Identifier: MIT
using System.Collections.Immutable;

namespace Ruche.Bpf.Objects.Btf;

/// <summary>
/// Puts BTF together: types get consecutive ids, strings are stored once. A type may refer to an id that is only reserved yet.
/// Not thread-safe.
/// </summary>
public sealed class BtfBuilder
{
    private readonly List<BtfType> _types = [];
    private readonly BtfStringTable _strings;

    /// <summary>An empty set, or one that continues <paramref name="baseSpec"/>.</summary>
    public BtfBuilder(BtfSpec? baseSpec = null)
    {
        Base = baseSpec;
        FirstId = baseSpec?.Count ?? 1;
        _strings = new([], baseSpec is null ? null : BtfStringTable.Of(baseSpec));
    }

    private BtfBuilder(BtfSpec spec, BtfStringTable strings)
    {
        Base = spec.Base;
        FirstId = spec.FirstId;
        _strings = strings;
        for (int id = spec.FirstId; id < spec.Count; id++) _types.Add(spec[id]);
    }

    /// <summary>The set this one continues, if any.</summary>
    public BtfSpec? Base { get; }

    /// <summary>The id of the first type added.</summary>
    public int FirstId { get; }

    /// <summary>One more than the highest id given out.</summary>
    public int Count => FirstId + _types.Count;

    /// <summary>A type added before, or replaces it.</summary>
    public BtfType this[int id]
    {
        get => id < FirstId ? Base is null ? new BtfType.Void() : Base[id] : _types[id - FirstId];
        set
        {
            Check(value);
            _types[id - FirstId] = value;
        }
    }

    /// <summary>Starts from the types of a set; ids and string offsets stay as they are.</summary>
    public static BtfBuilder From(BtfSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return new(spec, BtfStringTable.Of(spec));
    }

    /// <summary>Adds a type and returns its id.</summary>
    public int Add(BtfType type)
    {
        Check(type);
        _types.Add(type);
        return Count - 1;
    }

    /// <summary>Gives out an id whose type is set later through the indexer; <see cref="BtfType.Forward"/> until then.</summary>
    public int Reserve() => Add(new BtfType.Forward(IsUnion: false));

    /// <summary>The offset of a string, which is added when it is new.</summary>
    public int AddString(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(text.IndexOf('\0', StringComparison.Ordinal), 0, nameof(text));
        return _strings.Add(text);
    }

    /// <summary>
    /// Adds all types of another set behind those here. Returns the new id of each of its ids; ids of a base shared by both stay.
    /// </summary>
    public ImmutableArray<int> Append(BtfSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        int kept = spec.Base is not null && ReferenceEquals(spec.Base, Base) ? spec.FirstId : 1;
        int shift = Count - kept;
        int[] ids = new int[spec.Count];
        for (int id = 0; id < ids.Length; id++) ids[id] = id < kept ? id : id + shift;
        for (int id = kept; id < spec.Count; id++) Add(BtfReferences.Map(spec[id], ids, spec));
        return [.. ids];
    }

    /// <summary>The image in a byte order.</summary>
    public byte[] Write(ByteOrder order = ByteOrder.Little) => BtfImage.Write(_types, _strings, order);

    /// <summary>The set as it is now.</summary>
    public BtfSpec Build(ByteOrder order = ByteOrder.Little) => BtfSpec.Read(Write(order), Base);

    private static void Check(BtfType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        int length = type switch
        {
            BtfType.Void => throw new ArgumentException("void has id 0 in every set and cannot be added", nameof(type)),
            BtfType.Composite x => x.Members.Length,
            BtfType.Enum x => x.Values.Length,
            BtfType.FunctionPrototype x => x.Parameters.Length,
            BtfType.DataSection x => x.Variables.Length,
            _ => 0,
        };
        if (length > BtfInfo.MaxLength) throw new ArgumentException($"'{type.Name}' has {length} elements, BTF can hold {BtfInfo.MaxLength}", nameof(type));
        if (type is BtfType.Composite composite) Check(composite);
    }

    private static void Check(BtfType.Composite composite)
    {
        if (composite.Members.All(m => m.BitSize == 0)) return;
        foreach (var member in composite.Members)
        {
            if (member.BitOffset is < 0 or > 0xff_ffff || member.BitSize is < 0 or > 0xff)
                throw new ArgumentException($"member '{member.Name}' of '{composite.Name}' lies too far back for a struct with bit fields", nameof(composite));
        }
    }
}
