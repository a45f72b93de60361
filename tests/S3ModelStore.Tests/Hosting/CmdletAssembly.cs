using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace S3ModelStore.Tests.Hosting;

/// <summary>The cmdlets' assembly as the module has loaded it.</summary>
public static class CmdletAssembly
{
    public static Assembly From(PowerShellEngine engine)
        => ((CmdletInfo)engine.Run("Get-Command Save-S3Model").Only().BaseObject).ImplementingType.Assembly;

    /// <summary>A type of the engine, out of the module's own load context.</summary>
    public static Type EngineType(Assembly cmdlets, string fullName)
        => AssemblyLoadContext.GetLoadContext(cmdlets)!
            .LoadFromAssemblyName(new AssemblyName("S3ModelStore.Engine"))
            .GetType(fullName, throwOnError: true)!;
}
