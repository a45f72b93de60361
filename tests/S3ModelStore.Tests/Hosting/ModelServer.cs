using S3ModelStore.TestServer;
using S3ModelStore.TestServer.Content;

namespace S3ModelStore.Tests.Hosting;

/// <summary>A loopback store, and an engine whose cmdlets use it by default as a user's profile would make them.</summary>
public sealed class ModelServer : IAsyncDisposable
{
    private ModelServer(S3TestServer server, string input)
    {
        Server = server;
        Engine = new PowerShellEngine(input: input);
        Engine.SetLocation(Directory.FullName);
        Engine.Set("Endpoint", server.Endpoint);
        Engine.Set("Key", server.AccessKey);
        Engine.Set("Secret", server.SecretKey);
        Engine.Run("""
            $secure = [System.Security.SecureString]::new()
            $Secret.ToCharArray() | ForEach-Object { $secure.AppendChar($_) }
            $PSDefaultParameterValues = @{
                '*-S3Model*:EndpointUrl' = $Endpoint
                '*-S3Model*:Credential'  = [pscredential]::new($Key, $secure)
            }
            """);
    }

    public S3TestServer Server { get; }

    public PowerShellEngine Engine { get; }

    /// <summary>The PowerShell location.</summary>
    public TemporaryDirectory Directory { get; } = new();

    /// <summary>Files of the destination <c>d</c> without the module's own state.</summary>
    public IEnumerable<string> Saved => Directory.Files.Where(file => !file.Contains(".s3modelstore/", StringComparison.Ordinal));

    public static async Task<ModelServer> StartAsync(string input = "") => new(await S3TestServer.StartAsync(), input);

    public void Put(string key, string text) => Server.Objects.Put("b", key, ObjectContent.FromText(text));

    public void Put(string key, long size) => Server.Objects.Put("b", key, ObjectContent.Generated(size, seed: 1));

    public async ValueTask DisposeAsync()
    {
        Engine.Dispose();
        await Server.DisposeAsync();
        Directory.Dispose();
    }
}
