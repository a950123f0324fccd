// SPDX-License-Identifier: MIT
using System.Text;

namespace Ruche.Trace.Language;

/// <summary>A sentence about each name of the language. How functions are called, they know themselves.</summary>
internal static class Explanations
{
    // Bytes take half the room that text would.
    private static ReadOnlySpan<byte> Table => """
        begin: runs before anything else is attached
        end: runs when everything else is detached
        self: runs when this process gets a signal
        test: runs with --test
        bench: is measured with --bench
        interval: runs at regular times, on one CPU
        profile: runs at regular times, on each CPU
        tracepoint: a static trace point of the kernel; its fields are args
        rawtracepoint: a static trace point, with the arguments that the kernel's code gives it
        kprobe: the start of a kernel function, or an instruction of it
        kretprobe: the return of a kernel function
        fentry: the start of a kernel function, with typed arguments, or of a function of a loaded program (fentry:bpf:...)
        fexit: the return of a kernel function, with typed arguments and result, or of a function of a loaded program
        uprobe: a function of a program or library, or an instruction of it
        uretprobe: the return of a function of a program or library
        usdt: a static trace point of a program or library
        software: an event that the kernel counts
        hardware: an event that the processor counts
        watchpoint: an access to memory
        iter: each task, file or other thing that the kernel goes through; with a pin, whenever that is read
        args: what the probe is given, by name
        argN: an argument by its number, as the processor's registers hold it
        ctx: what the kernel hands to the program
        config: the settings of the script
        probe: the name of the probe
        probetype: the kind of the probe
        retval: what the function returns
        pid: the process, by its number
        tid: the thread, by its number
        uid: the user, by its number
        gid: the group, by its number
        username: the user, by name
        nsecs: the time since boot, or by another clock, in nanoseconds
        elapsed: the time since the trace began, in nanoseconds
        cpu: the processor that runs the probe
        numaid: the NUMA node of the processor
        cgroup: the number of the process's control group
        rand: a number by chance
        jiffies: the kernel's count of timer ticks
        ncpus: how many processors there can be
        cpid: the process of the command behind -c
        has_cpid: whether there is a command behind -c
        usermode: whether the processor ran the process rather than the kernel
        curtask: the task, as a struct task_struct
        comm: the name of the thread, or of a process by its number
        func: the function that the probe is in
        ppid: the parent process, by its number
        pcomm: the name of the parent process
        leader_tid: the first thread of the process, by its number
        leader_comm: the name of the first thread of the process
        count(): counts how often it is reached
        sum(n): adds values up
        min(n): keeps the least value
        max(n): keeps the greatest value
        avg(n): keeps the mean of values
        stats(n): keeps how many values there are, their mean and their sum
        hist(n, bits): counts values in buckets that double; bits divide each further
        lhist(n, min, max, step): counts values in buckets of one width
        tseries(n, interval, count, "kind"): keeps a value for each of the last intervals
        printf: prints by a format
        errorf: prints by a format, as an error at its line
        warnf: prints by a format, as a warning at its line
        debugf: prints by a format, for debugging
        cat: prints a file
        system: runs a command; needs --unsafe
        print: prints a value or a map
        time: prints the time of day by a format of strftime(3)
        exit: ends the trace
        join: prints an array of texts, separated
        clear: removes all entries of a map
        zero: sets all values of a map to zero
        delete: removes an entry of a map, and says whether there was one
        has_key: says whether a map has an entry
        len: how many entries a map has, or addresses a stack
        find: says whether a map has an entry, and puts its value into a variable
        str: reads text up to its zero
        buf: takes bytes of memory
        strncmp: compares the first bytes of two texts; 0 when they are the same
        memcmp: compares bytes; 0 when they are the same
        strlen: how long a text is
        strcap: how much room a text has
        strcontains: says whether a text has another in it
        strstr: where a text has another in it; -1 when nowhere
        str_concat: puts two texts together
        default_str_length: how much room texts have
        strftime: shows a moment by a format of strftime(3)
        getopt: an option of the script, --name=value behind its file
        kstack: the stack of the kernel
        ustack: the stack of the process
        dw_ustack: the stack of the process, of programs without frame pointers too
        ksym: shows an address as the kernel's function there
        usym: shows an address as the process's function there
        kaddr: the address of a symbol of the kernel
        percpu_kaddr: the address of a symbol that each processor has its own of
        uaddr: the address of a symbol of the program
        kfunc_exist: says whether the kernel has a function for programs
        kfunc_allowed: says whether a function of the kernel may be called here
        ntop: shows an internet address
        pton: the bytes of an internet address
        macaddr: shows a hardware address
        bswap: turns the bytes of a number round
        kptr: an address as one of the kernel
        uptr: an address as one of the process
        reg: a register of the processor
        is_ptr: says whether it is a pointer
        is_array: says whether it is an array
        is_str: says whether it is text
        is_integer: says whether it is an integer
        is_unsigned_integer: says whether it is an integer without sign
        is_literal: says whether it is known when the script is compiled
        fail: refuses to compile
        static_assert: refuses to compile unless a condition holds
        assert: ends the trace unless a condition holds
        socket_cookie: a number that the socket keeps for life
        path: the path of a file
        skboutput: writes a packet to a capture file
        strerror: shows the number of an error as its text
        signal_name: shows the number of a signal as its name
        syscall_name: shows the number of a system call as its name
        cgroupid: the number of a control group by its directory
        cgroup_path: shows the number of a control group as its path
        signal: sends a signal to the process; needs --unsafe
        signal_thread: sends a signal to the thread; needs --unsafe
        override: makes the function return at once; needs --unsafe
        write_user: writes to memory of the process; needs --unsafe

        """u8;

    /// <summary>How a name is written, and what it means; null for names that are not the language's.</summary>
    public static TraceHover? Find(string name)
    {
        byte[] wanted = name is ['a', 'r', 'g', var digit] && char.IsAsciiDigit(digit) ? [.. "argN"u8] : Encoding.UTF8.GetBytes(name);
        for (var rest = Table; rest.IndexOf((byte)'\n') is >= 0 and var end; rest = rest[(end + 1)..])
        {
            var line = rest[..end];
            int nameEnd = line.IndexOfAny((byte)'(', (byte)':');
            if (nameEnd < 0 || !line[..nameEnd].SequenceEqual(wanted)) continue;
            int border = line.IndexOf(": "u8);
            return new(wanted[^1] == 'N' ? name : Encoding.UTF8.GetString(line[..border]), Encoding.UTF8.GetString(line[(border + 2)..]));
        }

        return null;
    }
}
