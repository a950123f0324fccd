// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Types;

/// <summary>Types that a script declares itself, which come before the kernel's of the same name.</summary>
internal sealed class DeclaredTypes
{
    private readonly Dictionary<string, TraceType> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EnumLayout> _enumerators = new(StringComparer.Ordinal);

    public void Add(RecordLayout record) => _types[record.Name] = new TraceType.Record(record);

    public void Add(EnumLayout enumeration)
    {
        _types[enumeration.Name] = new TraceType.Enumeration(enumeration);
        foreach (var (name, _) in enumeration.Values) _enumerators[name] = enumeration;
    }

    public TraceType? Find(string keyword, string name) => _types.GetValueOrDefault($"{keyword} {name}");

    public TraceType? Find(string name) => Find("struct", name) ?? Find("union", name) ?? Find("enum", name);

    /// <summary>The enumeration that has a value of that name.</summary>
    public EnumLayout? FindEnumerator(string name) => _enumerators.GetValueOrDefault(name);
}
