// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Recording;

/// <summary>What a script asks its host beside what its programs find. The numbers stand in recordings.</summary>
internal enum AnswerKind : byte
{
    /// <summary>The places of an attach point.</summary>
    Sites = 1,

    /// <summary>The fields of a trace point, as tracefs tells them.</summary>
    TracepointFormat = 2,

    /// <summary>The types of the kernel.</summary>
    Types = 3,

    /// <summary>A variable of the environment.</summary>
    Variable = 4,

    /// <summary>A number that tells how the host is built.</summary>
    Fact = 5,

    /// <summary>The address of a symbol of the kernel.</summary>
    KernelAddress = 6,

    /// <summary>The number of a control group.</summary>
    ControlGroup = 7,

    /// <summary>What stands at an address of the kernel.</summary>
    KernelSymbol = 8,

    /// <summary>What stands at an address of a process.</summary>
    UserSymbol = 9,

    /// <summary>The addresses of a stack.</summary>
    Stack = 10,

    /// <summary>What a number is called: a user, a control group, a process.</summary>
    Name = 11,

    /// <summary>How far local time is from UTC.</summary>
    LocalTime = 12,

    /// <summary>The clock since boot.</summary>
    Clock = 13,

    /// <summary>What a command wrote.</summary>
    Command = 14,

    /// <summary>What stood in a file.</summary>
    File = 15,

    /// <summary>What stands in a file that the script imports or includes.</summary>
    SourceFile = 16,

    /// <summary>The scripts of a directory.</summary>
    SourceFolder = 17,

    /// <summary>The types at a place of a program.</summary>
    ProgramTypes = 18,

    /// <summary>The types that a module adds to the kernel's.</summary>
    ModuleTypes = 19,
}
