// SPDX-License-Identifier: MIT
using Iced.Intel;
using Ruche.Cli.Bpf.Code;

namespace Ruche.Cli.Bpf.Programs.Machine;

/// <summary>Disassembles the machine code of a program. Jumps name offsets in their function, calls the kernel's functions.</summary>
internal sealed class MachineDisassembler
{
    private readonly Dictionary<ulong, string> _names;

    /// <summary>Looks the names up of the functions and of all that they call.</summary>
    public MachineDisassembler(IReadOnlyCollection<MachineFunction> functions)
    {
        HashSet<ulong> addresses = [.. functions.Select(function => function.Address), .. functions.SelectMany(Targets)];
        addresses.Remove(0);
        _names = KernelSymbols.AtAddresses(addresses);
    }

    /// <summary>The kernel's name of a function; its address when there is none.</summary>
    public string NameOf(MachineFunction function) => _names.TryGetValue(function.Address, out string? name) ? name : $"0x{function.Address:x16}";

    /// <summary>The instructions of a function.</summary>
    public IEnumerable<MachineInstruction> Disassemble(MachineFunction function)
    {
        GasFormatter formatter = new(ObjdumpOptions(), new BranchNames(function, _names));
        foreach (Instruction instruction in Decode(function))
        {
            StringOutput operation = new();
            formatter.FormatMnemonic(instruction, operation);
            string[] operands = new string[formatter.GetOperandCount(instruction)];
            for (int i = 0; i < operands.Length; i++)
            {
                StringOutput operand = new();
                formatter.FormatOperand(instruction, operand, i);
                operands[i] = operand.ToString();
            }

            yield return new((int)(instruction.IP - function.Address), instruction.Length, operation.ToString(), operands);
        }
    }

    private static IEnumerable<ulong> Targets(MachineFunction function) =>
        Decode(function).Where(BranchNames.IsBranch).Select(instruction => instruction.NearBranchTarget).Where(target => !function.Contains(target));

    private static IEnumerable<Instruction> Decode(MachineFunction function)
    {
        const int Bits = 64;
        var decoder = Decoder.Create(Bits, new ByteArrayCodeReader(function.Code.ToArray()), function.Address);
        ulong end = function.Address + (ulong)function.Code.Length;
        while (decoder.IP < end) yield return decoder.Decode();
    }

    private static FormatterOptions ObjdumpOptions()
    {
        var options = FormatterOptions.CreateGas();
        options.SmallHexNumbersInDecimal = false;
        options.ShowZeroDisplacements = true;
        options.UppercaseHex = false;
        return options;
    }
}
