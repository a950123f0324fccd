// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Linking;

namespace Ruche.Bpf.Objects.Relocation;

/// <summary>
/// Makes the programs of one object fit a target's types (CO-RE): field offsets, sizes, existence, enumerators, type ids. The same
/// object and targets always give the same code. What was looked up for one program is kept for the next. Not thread-safe.
/// </summary>
public sealed class CoreRelocator
{
    private readonly BtfSpec _local;
    private readonly CoreCandidates _candidates;
    private readonly Dictionary<(int Type, string Access, CoreRelocationKind Kind), CoreResolution> _resolved = [];

    /// <summary>For an object's types and the target's: the kernel's first, then those of its modules.</summary>
    public CoreRelocator(BtfSpec local, params IReadOnlyList<BtfSpec> targets)
        : this(local, () => targets)
    {
    }

    /// <summary>For an object's types and the target's, which are opened only when a program asks about them.</summary>
    public CoreRelocator(BtfSpec local, Func<IReadOnlyList<BtfSpec>> openTargets)
    {
        ArgumentNullException.ThrowIfNull(local);
        ArgumentNullException.ThrowIfNull(openTargets);
        _local = local;
        _candidates = new(local, openTargets);
    }

    /// <summary>The kernel's name of a function that an object declares: objects tell declarations of one function apart by a suffix (<c>___v2</c>).</summary>
    public static string KernelName(string declared)
    {
        ArgumentNullException.ThrowIfNull(declared);
        return CoreName.Essential(declared);
    }

    /// <summary>Whether a target's function takes and returns what the object's declaration says; both are ids of BTF functions.</summary>
    /// <exception cref="InvalidObjectException">The object's or the target's types contradict themselves.</exception>
    public static bool CanCall(BtfSpec local, int declared, BtfSpec target, int function)
    {
        ArgumentNullException.ThrowIfNull(local);
        ArgumentNullException.ThrowIfNull(target);
        return local[declared] is BtfType.Function declaration && target[function] is BtfType.Function definition
            && new CoreComparison(local, target, areDeclarationsEnough: true).AreTypesCompatible(declaration.Prototype, definition.Prototype);
    }

    /// <summary>Resolves every relocation of a program. What has no answer is replaced and explained, not thrown.</summary>
    /// <exception cref="InvalidObjectException">The object's or the target's types contradict themselves.</exception>
    public RelocatedProgram Relocate(LinkedProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        if (program.CoreRelocations.IsEmpty) return new(program.Instructions, []);
        Instruction[] code = [.. program.Instructions];
        var failures = ImmutableArray.CreateBuilder<CoreFailure>();
        foreach (var relocation in program.CoreRelocations)
        {
            if ((uint)relocation.Slot >= (uint)code.Length) continue;
            var resolution = Resolve(relocation);
            if (CorePatch.Apply(code, relocation.Slot, resolution) is not { } id) continue;
            bool isWide = CorePatch.Poison(code, relocation.Slot);
            CoreReason reason = new(_local, relocation, resolution.Path, _candidates);
            failures.Add(new(relocation, isWide, id, reason.Access, () => reason.Text(id)));
        }

        return new(ImmutableCollectionsMarshal.AsImmutableArray(code), failures.DrainToImmutable());
    }

    private CoreResolution Resolve(CoreRelocation relocation)
    {
        var key = (relocation.Type, relocation.Access, relocation.Kind);
        if (_resolved.TryGetValue(key, out var known)) return known;
        var resolution = Ask(relocation);
        _resolved.Add(key, resolution);
        return resolution;
    }

    private CoreResolution Ask(CoreRelocation relocation)
    {
        if (CorePath.Read(_local, relocation) is not { } path) return new(null, default, default, CoreDiagnostics.BadRecord);
        var local = CoreAnswer.Of(path, relocation.Kind);
        if (local.Value is null) return new(path, local, default, CoreDiagnostics.BadRecord);
        if (relocation.Kind is CoreRelocationKind.TypeIdLocal) return new(path, local, local, null);
        var candidates = _candidates.For(relocation.Type);
        CorePath? found = null;
        CoreAnswer? answer = null;
        foreach (var (btf, type) in candidates)
        {
            if (CoreMatch.Find(path, relocation.Kind, btf, type).Result is not { } match) continue;
            var given = CoreAnswer.Of(match, relocation.Kind);
            if (answer is not null && (match.BitOffset != found!.BitOffset || given.Value != answer.Value.Value))
                return new(path, local, default, CoreDiagnostics.Ambiguous);
            (found, answer) = (found ?? match, answer ?? given);
        }

        var target = answer ?? CoreAnswer.Of(null, relocation.Kind);
        if (target.Value is null) return new(path, local, target, Missing(relocation.Kind, candidates.Count));
        return new(path, local, target, null) { IsWrongSize = found is not null && IsWrongSize(local, target, found.Btf) };
    }

    private static string Missing(CoreRelocationKind kind, int candidates) =>
        candidates == 0 ? CoreDiagnostics.MissingType
        : CoreQuestion.IsAboutEnumerator(kind) ? CoreDiagnostics.MissingEnumerator
        : CoreDiagnostics.MissingField;

    private bool IsWrongSize(CoreAnswer local, CoreAnswer target, BtfSpec btf)
    {
        if (local.FieldSize == target.FieldSize) return false;
        return (_local[local.FieldType], btf[target.FieldType]) switch
        {
            (BtfType.Pointer, BtfType.Pointer) => false,
            (BtfType.Int x, BtfType.Int y) => ((x.Encoding | y.Encoding) & IntEncoding.Signed) != 0,
            _ => true,
        };
    }
}
