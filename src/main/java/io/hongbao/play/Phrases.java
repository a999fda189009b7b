// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
package io.hongbao.play;

import java.util.List;
import java.util.random.RandomGenerator;

/** What simulated viewers are called and what they say. */
final class Phrases {

  private static final List<String> FIRST =
      List.of(
          "小", "阿", "大", "老", "甜", "冰", "萌", "追光的", "爱吃的", "早起的", "摸鱼的", "快乐", "熬夜的", "佛系", "Lucky",
          "Tiny", "Sunny", "Sleepy", "Brave", "Silver");
  private static final List<String> LAST =
      List.of(
          "明", "雪", "豆", "橙子", "团子", "熊猫", "锦鲤", "星星", "奶茶", "柚子", "汤圆", "麻薯", "小鱼", "月亮", "风铃",
          "Fox", "Mei", "Koi", "Otter", "Panda", "Momo", "Jun", "Lin", "Bao", "Kiki");

  private static final List<String> TALK =
      List.of(
          "666",
          "666",
          "666",
          "主播好！",
          "来了来了",
          "哈哈哈哈",
          "前排围观",
          "晚上好呀～",
          "这灯笼真好看",
          "好热闹啊",
          "新年快乐 🎉",
          "红包呢红包呢",
          "今天手气不错",
          "坐等红包雨",
          "awsl",
          "yyds",
          "冲冲冲！",
          "第一次来",
          "Hello from Shanghai!",
          "good luck everyone",
          "what a night",
          "这是什么神仙直播间",
          "给主播点赞 👍",
          "网络好流畅",
          "弹幕护体",
          "听说这里的账本是真的",
          "ledger says zero 😎",
          "一分不差",
          "打卡",
          "签到签到",
          "2026 发发发",
          "龙马精神",
          "how fast is this server?",
          "刚下班",
          "妈妈问我为什么跪着看",
          "😂😂😂");
  private static final List<String> THANKS =
      List.of(
          "谢谢老板！",
          "谢谢老板！",
          "老板大气 🧧",
          "抢到了！",
          "抢到了！",
          "手慢了 😭",
          "手气最佳是我吗",
          "thanks boss!",
          "恭喜发财",
          "恭喜发财",
          "又是一分钱",
          "欧气满满 ✨",
          "got one!",
          "下一个下一个");
  private static final List<String> GREETINGS =
      List.of(
          "恭喜发财，大吉大利",
          "新年快乐，万事如意",
          "手气爆棚",
          "Good luck, everyone!",
          "请大家喝奶茶",
          "发发发！",
          "见者有份",
          "锦鲤附体",
          "May your tests be green");
  private static final List<String> COLOURS =
      List.of("#ffd873", "#ff8f8f", "#8fe3ff", "#a5f29b", "#ffb3ec", "#c9b6ff");

  private Phrases() {}

  /** The same name for the same number. */
  static String name(int index) {
    String last = LAST.get(index * 7 % LAST.size());
    String first = FIRST.get((index * 3 + index / LAST.size()) % FIRST.size());
    int round = index / (FIRST.size() * LAST.size());
    return first + last + (round == 0 ? "" : String.valueOf(round + 1));
  }

  static String talk(RandomGenerator chance) {
    return one(TALK, chance);
  }

  static String thanks(RandomGenerator chance) {
    return one(THANKS, chance);
  }

  static String greeting(RandomGenerator chance) {
    return one(GREETINGS, chance);
  }

  static String colour(RandomGenerator chance) {
    return one(COLOURS, chance);
  }

  private static String one(List<String> list, RandomGenerator chance) {
    return list.get(chance.nextInt(list.size()));
  }
}
