// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.Ir;

/// <summary>
/// The address of a field of one of the kernel's structs, wherever the running kernel has it (CO-RE). <paramref name="field"/> names the struct and the
/// way to the field, such as <c>task_struct.se.vruntime</c> or <c>task_struct.cpus_mask.bits[1]</c>, in the types that the module carries. A pointer on
/// the way is loaded first, and what it leads to is a field of its own.
/// </summary>
public sealed class FieldAddress(Value address, string field) : Operation(TypeOf(address), address)
{
    /// <summary>The address of the struct.</summary>
    public Value Address => Operands[0];

    /// <summary>The struct's name and the way to the field.</summary>
    public string Field { get; } = field;

    /// <inheritdoc/>
    public override bool HasEffects => false;

    private static IrType TypeOf(Value address) => address.Type is IrType.Pointer x ? IrType.PointerTo(x.Space) : address.Type;
}
