// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Objects.Linking;

/// <summary>
/// Makes one object of several: externs find their definitions, static names stay apart, weak definitions give way, data sections are
/// put behind each other, types are merged. Pure: the same objects in the same order give the same result.
/// </summary>
public sealed partial class ObjectLinker
{
    private readonly string _name;
    private readonly ImmutableArray<ObjectSpec> _objects;
    private readonly DiagnosticBag _diagnostics;

    private ObjectLinker(string name, IReadOnlyList<ObjectSpec> objects, DiagnosticBag diagnostics)
    {
        _name = name;
        _objects = [.. objects];
        _diagnostics = diagnostics;
    }

    /// <summary>Links objects into one.</summary>
    /// <exception cref="InvalidObjectException">Definitions conflict; the diagnostics name them.</exception>
    public static ObjectSpec Link(string name, params IReadOnlyList<ObjectSpec> objects)
    {
        if (!TryLink(name, objects, out var linked, out var diagnostics)) diagnostics.ThrowIfErrors();
        return linked!;
    }

    /// <summary>Links objects into one; on failure <paramref name="diagnostics"/> says which definitions conflict.</summary>
    public static bool TryLink(
        string name, IReadOnlyList<ObjectSpec> objects, [NotNullWhen(true)] out ObjectSpec? linked, out DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(objects);
        ArgumentOutOfRangeException.ThrowIfZero(objects.Count, nameof(objects));
        diagnostics = new();
        linked = new ObjectLinker(name, objects, diagnostics).Link();
        if (diagnostics.HasErrors) linked = null;
        return linked is not null;
    }

    private ObjectSpec? Link()
    {
        CheckObjects();
        if (_diagnostics.HasErrors) return null;
        MergeTypes();
        NameFunctions();
        PlaceData();
        PlaceGlobals();
        MergeExterns();
        MergeMaps();
        var functions = MergeFunctions();
        return new()
        {
            Name = _name,
            ByteOrder = _objects[0].ByteOrder,
            License = _objects.Select(o => o.License).FirstOrDefault(l => l.Length > 0) ?? "",
            KernelVersion = _objects.Max(o => o.KernelVersion),
            Functions = functions,
            Programs = MergePrograms(functions),
            Maps = FinishMaps(),
            Globals = _globals.ToDictionary(StringComparer.Ordinal),
            Externs = [.. _externs.Values],
            Btf = FinishTypes(),
        };
    }

    private void CheckObjects()
    {
        foreach (var other in _objects.Skip(1))
        {
            if (other.ByteOrder != _objects[0].ByteOrder)
                Error(LinkDiagnostics.ObjectMismatch, $"'{other.Name}' is {other.ByteOrder} endian, '{_objects[0].Name}' is {_objects[0].ByteOrder}");
        }

        var licenses = _objects.Where(o => o.License.Length > 0).DistinctBy(o => o.License, StringComparer.Ordinal).ToList();
        if (licenses.Count > 1)
            Error(LinkDiagnostics.ObjectMismatch,
                $"'{licenses[1].Name}' has the licence '{licenses[1].License}', '{licenses[0].Name}' has '{licenses[0].License}'",
                "give all objects the same licence");
    }

    private void Duplicate(string what, string name, ObjectSpec first, ObjectSpec second) =>
        Error(LinkDiagnostics.Duplicate, $"{what} '{name}' is defined in '{first.Name}' and in '{second.Name}'",
            "make one static, or __weak, or only declare it extern");

    private void Error(string id, string message, params ReadOnlySpan<string> notes) =>
        _diagnostics.Error(id, message, Location.Unknown, notes);
}
