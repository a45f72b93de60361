using S3ModelStore.Tests.Hosting;

namespace S3ModelStore.Tests.Pipeline;

public sealed class StopTests
{
    [Fact]
    public async Task Ctrl_C_stops_a_download_that_hangs_and_it_can_be_finished_later()
    {
        await using var store = await ModelServer.StartAsync();
        store.Put("m/a.bin", 20_000_000);
        var stall = store.Server.Faults.OnGet().FromOffset(8_000_000).StallMidBody(10_000).Always();

        var result = store.Engine.RunAndStop("Save-S3Model s3://b/m ./d -PartSize 4MB -MaxConcurrency 2", stall.Applied);
        Assert.Empty(result.Output);
        // The engine has let go, instead of having been left behind: nobody holds the destination.
        File.Open(store.Directory["d/.s3modelstore/job.lock"], FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
        Assert.Empty(store.Saved);

        store.Server.Faults.Clear();
        store.Server.Log.Reset();
        var resumed = store.Engine.Run("Save-S3Model s3://b/m ./d");
        Assert.Equal(1, resumed.Get<int>("FilesResumed"));
        Assert.True(resumed.Get<long>("BytesReused") >= 4_000_000);
        Assert.True(store.Server.Log.BytesSent < 17_000_000);
    }

    [Fact]
    public async Task Ctrl_C_stops_a_listing_that_hangs()
    {
        await using var store = await ModelServer.StartAsync();
        store.Put("m/a.bin", 10);
        var stall = store.Server.Faults.OnList().StallBeforeHeaders().Always();
        // No clock: what does not stop hangs here.
        Assert.Empty(store.Engine.RunAndStop("Get-S3ModelObject s3://b/m", stall.Applied).Output);
    }

    [Theory]
    [InlineData("Get-S3ModelObject s3://b/m | ForEach-Object { throw 'enough' }")]
    [InlineData("foreach ($i in 1) { Get-S3ModelObject s3://b/m | ForEach-Object { break } }")]
    public async Task A_downstream_command_that_has_enough_stops_the_listing(string script)
    {
        await using var store = await ModelServer.StartAsync();
        for (var i = 0; i < 5000; i++)
            store.Put($"m/{i:D5}", "x");
        store.Engine.Run(script);
        var requests = store.Server.Log.Requests;
        Assert.InRange(requests, 1, 4);
        await Task.Delay(300, TestContext.Current.CancellationToken);
        Assert.Equal(requests, store.Server.Log.Requests);
    }

    [Fact]
    public async Task The_first_of_many_stops_the_rest()
    {
        await using var store = await ModelServer.StartAsync();
        for (var i = 0; i < 5000; i++)
            store.Put($"m/{i:D5}", "x");

        // Select-Object -First stops its upstream with an exception of the engine's own; a steppable pipeline that ends does the same.
        var result = store.Engine.Run("""
            function Select-One { process { $_; throw [System.Management.Automation.PipelineStoppedException]::new() } }
            Get-S3ModelObject s3://b/m | Select-One
            """);
        Assert.InRange(result.Output.Count, 0, 1);
        Assert.InRange(store.Server.Log.Requests, 1, 4);
    }

    [Fact]
    public async Task A_slow_consumer_holds_the_listing_back()
    {
        await using var store = await ModelServer.StartAsync();
        for (var i = 0; i < 5000; i++)
            store.Put($"m/{i:D5}", "x");
        store.Engine.Set("Server", store.Server);
        var result = store.Engine.Run("$n = 0; Get-S3ModelObject s3://b/m | ForEach-Object { if (++$n -eq 1) { [System.Threading.Thread]::Sleep(700); $Server.Log.Requests } }");
        Assert.InRange((long)result.Only().BaseObject, 1, 3);
    }
}
