// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Ruche.Bpf.Machine.Compilation;
using Ruche.Bpf.Machine.Compilation.Arm64;
using Ruche.Bpf.Machine.Faults;

namespace Ruche.Bpf.Machine.Tests.Compilation.Arm64;

/// <summary>
/// Runs machine code for arm64 on any processor: all cases become one static executable, which <c>qemu-aarch64-static</c> runs and which writes
/// what they came to.
/// </summary>
internal static class Guest
{
    private const string Emulator = "qemu-aarch64-static";
    private const int Margin = 1024;
    private const byte Untouched = 0xa5;
    private const int CodeAlignment = 16;

    /// <summary>A program compiled for the guest, and the memory that it runs on.</summary>
    public static GuestCase Compile(MachineProgram program, bool isTrusted, ReadOnlySpan<byte> memory)
    {
        var layout = CodeLayout.Of(program.Code, handler: null);
        var code = Arm64Compiler.Compile(program.Code, layout, isTrusted, GuestRuntime.Instance.Entries, out int callback);
        return new(code.ToArray(), callback, layout.IsDirect(isTrusted), program.StackInUse, program.Budget, memory.ToArray());
    }

    /// <summary>Runs cases one after the other; skips the running test without an emulator.</summary>
    public static IReadOnlyList<GuestResult> Run(IReadOnlyList<GuestCase> cases)
    {
        string path = Path.GetTempFileName();
        try
        {
            var (image, memories) = Image(cases);
            File.WriteAllBytes(path, GuestFile.Of(GuestRuntime.Instance, image));
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            return Read(Execute(path), cases, memories);
        }
        finally
        {
            File.Delete(path);
        }
    }

    // What testdata/arm64.c calls so: the header and the cases, their memory, their code.
    private static (byte[] Image, int[] Memories) Image(IReadOnlyList<GuestCase> cases)
    {
        GuestRecord[] records = new GuestRecord[cases.Count];
        int[] memories = new int[cases.Count];
        int end = Marshal.SizeOf<GuestHeader>() + (cases.Count * Marshal.SizeOf<GuestRecord>());
        for (int i = 0; i < cases.Count; i++)
        {
            memories[i] = end + Margin;
            end = memories[i] + cases[i].Memory.Length + Margin;
            end += -end & (sizeof(ulong) - 1);
        }

        MemoryStream image = new();
        image.SetLength(end);
        image.Position = end;
        ulong synchronize = Place(image, InstructionCache.Routine());
        for (int i = 0; i < cases.Count; i++) records[i] = GuestRecord.Of(cases[i], Place(image, cases[i].Code), GuestRuntime.ImageAddress + (ulong)memories[i]);
        GuestHeader header = new((ulong)cases.Count, (ulong)end, synchronize, GuestRuntime.ImageAddress, GuestRuntime.ImageAddress + (ulong)image.Length);

        byte[] bytes = image.ToArray();
        MemoryMarshal.Write(bytes, header);
        MemoryMarshal.AsBytes<GuestRecord>(records).CopyTo(bytes.AsSpan(Marshal.SizeOf<GuestHeader>()));
        for (int i = 0; i < cases.Count; i++)
        {
            bytes.AsSpan(memories[i] - Margin, cases[i].Memory.Length + (2 * Margin)).Fill(Untouched);
            cases[i].Memory.CopyTo(bytes, memories[i]);
        }

        return (bytes, memories);
    }

    private static ulong Place(MemoryStream image, ReadOnlySpan<byte> code)
    {
        image.Position += -image.Position & (CodeAlignment - 1);
        ulong address = GuestRuntime.ImageAddress + (ulong)image.Position;
        image.Write(code);
        return address;
    }

    private static byte[] Execute(string path)
    {
        using var process = Start(new(Emulator, [path]) { RedirectStandardOutput = true, RedirectStandardError = true });
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        MemoryStream output = new();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        Assert.Equal("", errors.GetAwaiter().GetResult());
        Assert.Equal(0, process.ExitCode);
        return output.ToArray();
    }

    private static List<GuestResult> Read(byte[] output, IReadOnlyList<GuestCase> cases, int[] memories)
    {
        var records = MemoryMarshal.Cast<byte, GuestRecord>(output.AsSpan(Marshal.SizeOf<GuestHeader>(), cases.Count * Marshal.SizeOf<GuestRecord>()));
        List<GuestResult> results = [];
        for (int i = 0; i < cases.Count; i++)
        {
            var record = records[i];
            int start = memories[i], end = start + cases[i].Memory.Length;
            bool isOutside = output.AsSpan(start - Margin, Margin).ContainsAnyExcept(Untouched) || output.AsSpan(end, Margin).ContainsAnyExcept(Untouched);
            FaultKind? fault = record.Fault == 0 ? null : (FaultKind)(record.Fault - 1);
            results.Add(new(record.Value, fault, (int)record.Slot, record.Address - record.Memory, isOutside || record.IsDamaged != 0, (int)record.Searches, output[start..end]));
        }

        return results;
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip($"{Emulator} is not installed: apt-get install qemu-user-static");
            throw;
        }
    }
}
