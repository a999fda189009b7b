package io.hongbao.bench.rooms;
import java.io.*; import java.net.*; import java.util.*;
final class FanOutTry {
  public static void main(String[] a) throws Exception {
    if (a[0].equals("server")) { FanOutServer.serve(1, System.out); return; }
    List<String> cmd = new ArrayList<>(List.of("taskset","-c","0", System.getProperty("java.home")+"/bin/java","-XX:+UseSerialGC","-Xmx1g","-Xms1g","--sun-misc-unsafe-memory-access=allow","--enable-native-access=ALL-UNNAMED","--add-exports","java.base/jdk.internal.misc=ALL-UNNAMED","-Dio.netty.leakDetection.level=disabled","-cp",System.getProperty("java.class.path"),"io.hongbao.bench.rooms.FanOutTry","server"));
    Process p = new ProcessBuilder(cmd).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader in = new BufferedReader(new InputStreamReader(p.getInputStream()));
    PrintStream out = new PrintStream(p.getOutputStream(), true);
    int port = Integer.parseInt(in.readLine().split(" ")[1]);
    int n = Integer.parseInt(a[1]);
    var addr = new InetSocketAddress("127.0.0.1", port);
    try (var room = new FanOutClients(addr, "/x", n, 7, ""); var bare = new FanOutClients(addr, "/bare", n, 0, "")) {
      System.out.println("joined " + room.joined());
      for (int r = 0; r < 3; r++) {
        int steps = 200000 / n;
        for (String c : new String[]{"step 7 "+steps+" 64", "bare "+steps+" 270 "+(2L*n*10000), "bare "+steps+" 270 0"}) {
          long f0 = room.frames()+bare.frames();
          out.println(c); String[] w = in.readLine().split(" "); Thread.sleep(300);
          double cpu = Double.parseDouble(w[2]); double wall = Double.parseDouble(w[3]);
          System.out.printf("%-20s cpu/delivery %.2f us, wall/delivery %.2f us frames %d shed %s%n", c, cpu/steps/n/1e3, wall/steps/n/1e3, room.frames()+bare.frames()-f0, w[4]);
        }
      }
      for (double rate : a.length > 2 ? new double[]{2000, 4000} : new double[]{}) {
        room.reset(); rate = rate * 1000 / n;
        out.println("pace 7 " + rate + " 64 4"); String[] w = in.readLine().split(" "); Thread.sleep(500);
        double cpu = Double.parseDouble(w[2])/1e9, wall = Double.parseDouble(w[3])/1e9; long pub = Long.parseLong(w[1]);
        System.out.printf("pace %.0f/s: delivered %d of %d in %.2f s, cpu %.2f s: %.0f k/s, %.0f k per cpu s; frames %d MB %d gaps %d shed %s%n", rate, room.entries(), pub*n, wall, cpu, room.entries()/wall/1e3, room.entries()/cpu/1e3, room.frames(), room.bytes()>>20, room.gaps(), w[4]);
      }
    }
    out.close(); p.waitFor();
  }
}
